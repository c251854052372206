// A slider beside the field: moving one moves the other. What is typed is sent.

const STEPS = 300; // of a logarithmic slider
const language = document.documentElement.lang || "de";
const format = new Intl.NumberFormat(language, { maximumSignificantDigits: 4 });
const parts = new Intl.NumberFormat(language).formatToParts(1234567.8);
const signOf = (type) => parts.find((part) => part.type === type)?.value ?? " ";
const [POINT, GROUP] = [signOf("decimal"), signOf("group")];

// Reads what is typed as far as the slider needs it; the server reads it anew.
const numberIn = (text) => {
  const plain = text.replaceAll(GROUP, "").replaceAll(/\s/g, "").replace(POINT, ".");
  return plain.match(/^-?\d+(\.\d*)?/) ? Number.parseFloat(plain) : Number.NaN;
};

// 1, 2 or 5 of a power of ten: at least a hundredth of the scale.
const stepOf = (span) => {
  const power = 10 ** Math.floor(Math.log10(span / 100));
  return [1, 2, 5, 10].map((n) => n * power).find((step) => step * 101 >= span);
};

class EstimateField extends HTMLElement {
  connectedCallback() {
    if (this.slider) return;
    const { least, most } = this.dataset;
    [this.least, this.most] = [Number(least), Number(most)];
    this.isLogarithmic = "logarithmic" in this.dataset;
    this.field = this.querySelector("input");
    this.append(this.querySelector("template").content.cloneNode(true));
    this.slider = this.querySelector("[type=range]");
    const [min, max, step] = this.isLogarithmic
      ? [0, STEPS, 1]
      : [this.least, this.most, stepOf(this.most - this.least)];
    Object.assign(this.slider, { min, max, step });
    this.slider.setAttribute(
      "aria-label",
      this.querySelector("label").textContent.trim(),
    );
    this.slider.addEventListener("input", () => this.slid());
    this.field.addEventListener("input", () => this.typed());
    this.typed();
  }

  numberAt(place) {
    if (!this.isLogarithmic) return place;
    const number = this.least * (this.most / this.least) ** (place / STEPS);
    return Number(number.toPrecision(2));
  }

  placeOf(number) {
    if (!this.isLogarithmic) return number;
    const ratio = Math.log(number / this.least) / Math.log(this.most / this.least);
    return Math.round(STEPS * ratio);
  }

  slid() {
    const number = this.numberAt(this.slider.valueAsNumber);
    this.field.value = format.format(Math.min(Math.max(number, this.least), this.most));
    this.say(true);
  }

  typed() {
    const number = numberIn(this.field.value);
    const isOn = number >= this.least && number <= this.most;
    // Nothing typed: in the middle, which says nothing.
    const middle = (Number(this.slider.min) + Number(this.slider.max)) / 2;
    this.slider.value = isOn ? this.placeOf(number) : middle;
    this.say(isOn);
  }

  say(isSet) {
    const words = `${this.field.value} ${this.dataset.unit}`.trim();
    this.slider.setAttribute("aria-valuetext", isSet ? words : this.dataset.unset);
    this.classList.toggle("is-unset", !isSet);
  }
}

if (!customElements.get("estimate-field"))
  customElements.define("estimate-field", EstimateField);
