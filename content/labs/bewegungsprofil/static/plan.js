// The plan of the town with what a phone left on it.

import { h, svg } from "../labs/kit.js";
import { FIELD, nearest, places, townMap } from "../labs/hellingen.js";

const dots = (points) => points.map(({ x, y }) => `M${x.toFixed(1)} ${y.toFixed(1)}h0`).join("");
const line = (path) => `M${path.map(({ x, y }) => `${x} ${y}`).join("L")}`;

// Returns { element, points, stays, cells, pin, at }: the plan and what changes it.
//
// onplace is called with the id of the place nearest to a tap, among "ids()".
export const plan = ({ label, ways = [], ids, onplace }) => {
  const trace = svg("path", { class: "bewegungsprofil-trace", d: ways.map(line).join("") });
  const cloud = svg("path", { class: "bewegungsprofil-dots" });
  const circles = svg("g", { class: "bewegungsprofil-stays" });
  const squares = svg("g", { class: "bewegungsprofil-cells" });
  const pinned = svg("g", { class: "bewegungsprofil-pin" });
  const phone = svg("circle", { class: "bewegungsprofil-phone", r: 13, visibility: "hidden" });
  const map = townMap({ label, children: [trace, squares, circles, cloud, pinned, phone] });
  if (onplace)
    map.addEventListener("click", (event) => {
      const box = map.getBoundingClientRect();
      const scale = FIELD.width / box.width;
      onplace(nearest({ x: (event.clientX - box.left) * scale, y: (event.clientY - box.top) * scale }, ids()));
    });
  return {
    element: h("div", { class: `bewegungsprofil-plan${onplace ? " is-open" : ""}` }, map),
    points: (points) => cloud.setAttribute("d", dots(points)),
    stays: (sums) =>
      circles.replaceChildren(...sums.map(([id, minutes]) =>
        svg("circle", { cx: places[id].x, cy: places[id].y, r: 10 + Math.sqrt(minutes) * 0.75 }))),
    cells: (cells, size) =>
      squares.replaceChildren(...cells.map(({ x, y, count }) => {
        const half = Math.max(size / FIELD.unit, 8) / 2;
        return svg("rect", { x: x - half, y: y - half, width: 2 * half, height: 2 * half, rx: 3, "fill-opacity": Math.min(0.75, 0.15 + count / 120) });
      })),
    pin: (id) =>
      pinned.replaceChildren(...(id ? [
        svg("circle", { cx: places[id].x, cy: places[id].y, r: 27 }),
        svg("text", { x: Math.min(860, Math.max(140, places[id].x)), y: places[id].y - 36 }, places[id].name),
      ] : [])),
    at: (point) => {
      phone.setAttribute("visibility", point ? "visible" : "hidden");
      if (point) phone.setAttribute("transform", `translate(${point.x} ${point.y})`);
    },
  };
};
