// What exercises share whose parts are moved: dragging, gliding, saying what happened.
//
// Dragging only comes on top of buttons. A mouse drags a piece anywhere, a finger by its
// .grip, because everywhere else it scrolls.

const FAR = 5; // px before a press becomes a drag
const EDGE = 70; // px from the window's edge where the page goes along
const STEP = 9; // px per frame
const WIDEST = 340; // px of what hangs at the pointer

const shade = (piece, x) => {
  const box = piece.getBoundingClientRect();
  const width = Math.min(box.width, WIDEST);
  // Where a wide piece is cut, the pointer stays on it.
  const left = x - ((x - box.left) * width) / box.width;
  const ghost = piece.cloneNode(true);
  for (const each of [ghost, ...ghost.querySelectorAll("[id]")])
    each.removeAttribute("id");
  ghost.classList.add("is-ghost");
  ghost.inert = true;
  ghost.popover = "manual"; // above everything, whatever clips or contains
  Object.assign(ghost.style, { inlineSize: `${width}px`, left: `${left}px`, top: `${box.top}px` });
  document.body.append(ghost);
  ghost.showPopover();
  return ghost;
};

// Lets pieces (selector "from") be dragged onto places (selector "onto") inside root.
// "over" is told where a piece hovers, "drop" where it was let go: null for nowhere.
export const draggable = (root, { from, onto, over, drop, cancel }) => {
  if (!("popover" in root)) return;
  root.addEventListener("pointerdown", (down) => {
    const piece = down.target.closest(from);
    const isFinger = down.pointerType === "touch";
    if (!piece || !down.isPrimary || down.button) return;
    if (isFinger && !down.target.closest(".grip")) return;
    if (down.target.closest("button:not(.cover), select, a, summary")) return;
    const listening = new AbortController();
    const options = { signal: listening.signal, capture: true };
    let [x, y, ghost, place, frame] = [down.clientX, down.clientY, null, null, 0];

    const mark = (next) => {
      place?.classList.remove("is-over");
      next?.classList.add("is-over");
      place = next;
    };
    const follow = () => {
      ghost.style.translate = `${x - down.clientX}px ${y - down.clientY}px`;
      const hit = onto && document.elementFromPoint(x, y)?.closest(onto);
      mark(hit && root.contains(hit) ? hit : null);
      over?.(piece, place, y);
    };
    const roll = () => {
      const step = y < EDGE ? -STEP : y > innerHeight - EDGE ? STEP : 0;
      scrollBy({ top: step, behavior: "instant" });
      follow();
      frame = requestAnimationFrame(roll);
    };
    const end = (finish) => {
      listening.abort();
      if (!ghost) return;
      cancelAnimationFrame(frame);
      follow();
      const goal = place;
      ghost.remove();
      piece.classList.remove("is-lifted");
      mark(null);
      // The click that comes with letting go means nothing.
      const ignore = (event) => event.stopPropagation();
      addEventListener("click", ignore, { capture: true, once: true });
      setTimeout(() => removeEventListener("click", ignore, { capture: true }));
      finish?.(piece, goal);
    };

    addEventListener(
      "pointermove",
      (move) => {
        [x, y] = [move.clientX, move.clientY];
        if (ghost || Math.hypot(x - down.clientX, y - down.clientY) < FAR) return;
        ghost = shade(piece, down.clientX);
        piece.classList.add("is-lifted");
        roll();
      },
      options,
    );
    addEventListener("pointerup", () => end(drop), options);
    addEventListener("pointercancel", () => end(cancel), options);
    addEventListener(
      "keydown",
      (event) => {
        if (event.key !== "Escape") return;
        event.stopPropagation();
        end(cancel);
      },
      options,
    );
  });
};

// Makes a change and lets what moved by it glide to its new place.
export const glide = (pieces, change) => {
  const before = [...pieces].map((piece) => [piece, piece.getBoundingClientRect()]);
  change();
  if (matchMedia("(prefers-reduced-motion: reduce)").matches) return;
  for (const [piece, was] of before) {
    const is = piece.getBoundingClientRect();
    const [x, y] = [was.left - is.left, was.top - is.top];
    if (was.width && is.width && (x || y))
      piece.animate({ translate: [`${x}px ${y}px`, "0 0"] }, { duration: 180, easing: "ease-out" });
  }
};

// Fills {names} of a text that the page brings along in the reader's language.
export const filled = (text, words) =>
  text.replace(/\{(\w+)\}/g, (_all, name) => words[name]);

export const wordsOf = (element) => element.textContent.trim().replace(/\s+/g, " ");
