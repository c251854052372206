// The QR code of a certificate carries its check code behind "#", where no server sees
// it. Here it goes into the form, and out of the address bar.

const code = decodeURIComponent(location.hash.slice(1));
const field = document.querySelector("[data-paper] [name=code]");
if (field && /^[0-9A-Z-]{20,40}$/i.test(code)) {
  field.value = code;
  history.replaceState(null, "", location.pathname);
  document.querySelector("[data-paper] [name=name]").focus();
}
