// Places in a picture as buttons, each going along with its box in the list.

class HotspotPicture extends HTMLElement {
  connectedCallback() {
    const frame = this.querySelector(".hotspot-frame");
    if (!frame || this.spots) return;
    this.frame = frame;
    this.said = this.querySelector("[role=status]");
    for (const part of this.querySelectorAll("[data-with-script]")) part.hidden = false;
    const places = [...this.querySelectorAll(".option")];
    this.spots = places.map((place) => this.spotOf(place));
    frame.append(...this.spots);
    frame.addEventListener("click", (event) => this.missed(event));
    // What was answered is explained in the list.
    const isAnswered = places.some((place) => /\bis-/.test(place.className));
    this.querySelector("details").open = isAnswered;
  }

  spotOf(place) {
    const { x, y, width, height } = place.dataset;
    const box = place.querySelector("input");
    const label = place.querySelector("[data-label]").textContent;
    const spot = document.createElement("button");
    spot.type = "button";
    spot.className = "hotspot-spot";
    spot.setAttribute("aria-label", label);
    Object.assign(spot.style, {
      left: `${Number(x) + width / 2}%`,
      top: `${Number(y) + height / 2}%`,
      width: `${width}%`,
      height: `${height}%`,
    });
    const show = () => spot.setAttribute("aria-pressed", box.checked);
    box.addEventListener("change", show);
    spot.addEventListener("click", () => {
      box.checked = !box.checked;
      show();
      this.say(box.checked ? "chosen" : "givenBack", label);
    });
    show();
    return spot;
  }

  missed({ target, clientX, clientY }) {
    if (target.closest(".hotspot-spot")) return;
    const { left, top, width, height } = this.frame.getBoundingClientRect();
    const sign = document.createElement("span");
    sign.className = "hotspot-miss";
    sign.style.left = `${(100 * (clientX - left)) / width}%`;
    sign.style.top = `${(100 * (clientY - top)) / height}%`;
    this.frame.querySelector(".hotspot-miss")?.remove();
    this.frame.append(sign);
    setTimeout(() => sign.remove(), 1500);
    this.say("missed");
  }

  say(what, label = "") {
    const count = this.querySelectorAll(".option input:checked").length;
    const words = { "{label}": label, "{count}": count };
    this.said.textContent = this.dataset[what].replace(
      /\{\w+\}/g,
      (word) => words[word] ?? word,
    );
  }
}

if (!customElements.get("hotspot-picture"))
  customElements.define("hotspot-picture", HotspotPicture);
