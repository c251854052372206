// Whether anything is new, asked by every page that renews itself. A server that
// stumbles and a network that is gone for a moment end nothing: the next time will do.
// Another answer (gone, forbidden, led elsewhere) stays the same, so nobody asks again.

const TOO_MANY = 429;

// Return the response that has something new, or nothing; whether asking is over.
export async function askWhatIsNew(address, tag) {
  const headers = tag ? { "If-None-Match": tag } : {};
  let response;
  try {
    response = await fetch(address, { headers, cache: "no-store" });
  } catch {
    return { isOver: false };
  }
  if (response.ok && !response.redirected) return { response, isOver: false };
  const { status } = response;
  return { isOver: status !== 304 && status !== TOO_MANY && status < 500 };
}
