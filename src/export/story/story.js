"use strict";
// Scenes one at a time, and what runs through whatever is pointed at. Every number was worked out by the program that
// made this page; nothing here adds or divides money.
(() => {
  const scenes = [...document.querySelectorAll(".scene")];
  const tip = document.getElementById("tip");
  const choice = document.getElementById("choice");
  const data = scenes.map((scene) => JSON.parse(scene.querySelector("script").textContent));
  let now = 0;

  // ---- from scene to scene

  function show(index, focus) {
    now = Math.min(Math.max(index, 0), scenes.length - 1);
    scenes.forEach((scene, at) => scene.classList.toggle("now", at === now));
    choice.value = String(now);
    tip.hidden = true;
    if (focus) {
      history.replaceState(null, "", "#" + scenes[now].id);
      scenes[now].querySelector("h2").focus({ preventScroll: true });
      window.scrollTo(0, 0);
    }
  }

  const steps = {
    ArrowRight: () => now + 1, PageDown: () => now + 1,
    ArrowLeft: () => now - 1, PageUp: () => now - 1,
    Home: () => 0, End: () => scenes.length - 1,
  };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.target === choice) return;
    if (event.key === "Escape") {
      tip.hidden = true;
      letGo(scenes[now]);
    } else if (steps[event.key]) {
      event.preventDefault();
      show(steps[event.key](), true);
    }
  });
  document.getElementById("back").addEventListener("click", () => show(now - 1, true));
  document.getElementById("next").addEventListener("click", () => show(now + 1, true));
  choice.addEventListener("change", () => show(Number(choice.value), false));

  // ---- what runs through a node or a band

  const SVG = "http://www.w3.org/2000/svg";

  function element(name, attributes, parent) {
    const made = document.createElementNS(SVG, name);
    for (const key in attributes) made.setAttribute(key, attributes[key]);
    parent.append(made);
    return made;
  }

  // The part of a band between two shares of its width. Its outline runs along the upper edge and back along the lower.
  function part(outline, from, until) {
    const numbers = outline.match(/-?[\d.]+/g).map(Number);
    const half = numbers.length / 2;
    const upper = [], lower = [];
    for (let at = 0; at < half; at += 2) {
      upper.push([numbers[at], numbers[at + 1]]);
      lower.unshift([numbers[half + at], numbers[half + at + 1]]);
    }
    const edge = (share) => upper.map(([x, y], at) => [x + (lower[at][0] - x) * share, y + (lower[at][1] - y) * share]);
    const curve = (points) => points.slice(1).map((point, at) => (at % 3 ? "" : "C") + point.join(" ")).join(" ");
    const above = edge(from), below = edge(until).reverse();
    return "M" + above[0].join(" ") + curve(above) + "L" + below[0].join(" ") + curve(below) + "Z";
  }

  function clear(scene) {
    const svg = scene.querySelector("svg");
    svg.classList.remove("traced");
    svg.querySelectorAll(".on, .swapped").forEach((mark) => mark.classList.remove("on", "swapped"));
    svg.querySelectorAll(".l text[transform]").forEach((name) => name.removeAttribute("transform"));
    svg.querySelectorAll(".lit").forEach((layer) => layer.replaceChildren());
    scene.querySelector(".said").textContent = "";
  }

  function light(scene, target) {
    clear(scene);
    const { w, c, f } = data[scenes.indexOf(scene)];
    const found = f[target];
    const svg = scene.querySelector("svg");
    const said = scene.querySelector(".said");
    if (!found) return;
    const [sentence, nodes, bands] = found;
    const [under, over] = svg.querySelectorAll(".lit");
    svg.classList.add("traced");
    for (let at = 0; at < bands.length; at += 4) {
      const whole = svg.querySelector(`.h[data-t="${bands[at]}"]`);
      const d = part(whole.getAttribute("d"), bands[at + 1] / 10000, bands[at + 2] / 10000);
      element("path", { d, fill: c[bands[at + 3]] }, under);
    }
    const shares = [];
    for (let at = 0; at < nodes.length; at += 6) {
      const [node, lit, whole, y, height, color] = nodes.slice(at, at + 6);
      const mark = svg.querySelector(`.n[data-t="${node}"]`);
      const bar = mark.querySelector("rect");
      mark.classList.add("on");
      element("rect", { x: bar.getAttribute("x"), width: bar.getAttribute("width"), y: y / 10, height: height / 10, fill: c[color] }, over);
      svg.querySelectorAll(`.l[data-t="${node}"]`).forEach((label) => label.classList.add("on"));
      if (lit !== whole) {
        amount(svg, node, bar, w[lit], w[whole], over);
        shares.push(`${mark.dataset.name}: ${w[lit]} of ${w[whole]}`);
      }
    }
    const strong = document.createElement("b");
    strong.textContent = sentence;
    const list = document.createElement("span");
    list.className = "shares";
    list.textContent = shares.join(" · ");
    said.append(strong, document.createElement("br"), list);
  }

  // A label says how much of how much while its node is lit in part.
  function amount(svg, node, bar, lit, whole, over) {
    const label = svg.querySelector(`.a[data-t="${node}"]`);
    if (!label) return;
    const text = label.querySelector("text:not([aria-hidden])");
    const length = Number(text.getAttribute("textLength"));
    const x = Number(text.getAttribute("x"));
    const isLeft = x < Number(bar.getAttribute("x"));
    label.classList.add("swapped");
    const y = text.getAttribute("y");
    // Left of its node a name on the same line makes room, where there is any; else only what is lit is said.
    const names = [...svg.querySelectorAll(`.l[data-t="${node}"]:not(.a) text`)].filter((name) => name.getAttribute("y") === y);
    let room = isLeft ? x : svg.viewBox.baseVal.width - x - length;
    for (const name of isLeft ? names : []) room = Math.min(room, Number(name.getAttribute("x")));
    let grown = 0;
    for (const halo of [true, false]) {
      const words = element("text", {
        x: isLeft ? x + length : x, y, "font-size": text.getAttribute("font-size"),
        "text-anchor": isLeft ? "end" : "start", fill: halo ? "#fff" : "#0b0c0c",
        stroke: halo ? "#fff" : "none", "stroke-width": 4, "stroke-linejoin": "round",
      }, over);
      element("tspan", { "font-weight": 600 }, words).textContent = lit;
      const of = element("tspan", {}, words);
      of.textContent = " of " + whole;
      grown = words.getComputedTextLength() - length;
      if (grown > room) {
        of.remove();
        grown = words.getComputedTextLength() - length;
      }
    }
    if (isLeft && grown > 0 && grown <= room) {
      names.forEach((name) => name.setAttribute("transform", `translate(${-grown} 0)`));
    }
  }

  function pin(scene, target) {
    const was = scene.dataset.pinned;
    letGo(scene);
    if (was === target) return;
    scene.dataset.pinned = target;
    const mark = scene.querySelector(`.n[data-t="${target}"]`);
    if (mark) {
      mark.classList.add("pinned");
      mark.setAttribute("aria-pressed", "true");
    }
    light(scene, target);
  }

  function letGo(scene) {
    delete scene.dataset.pinned;
    scene.querySelectorAll(".pinned").forEach((mark) => {
      mark.classList.remove("pinned");
      mark.setAttribute("aria-pressed", "false");
    });
    clear(scene);
  }

  function pointAt(scene, target, x, y) {
    tip.textContent = data[scenes.indexOf(scene)].t[target];
    tip.hidden = false;
    // Beside the pointer, never under it, and never beyond the edge.
    const { width, height } = tip.getBoundingClientRect();
    tip.style.left = Math.max(4, Math.min(x + 16, innerWidth - width - 8)) + "px";
    tip.style.top = (y + 20 + height > innerHeight ? y - height - 12 : y + 20) + "px";
    if (scene.dataset.pinned === undefined) light(scene, target);
  }

  function pointAway(scene) {
    tip.hidden = true;
    if (scene.dataset.pinned === undefined) clear(scene);
  }

  scenes.forEach((scene, at) => {
    const svg = scene.querySelector("svg");
    const over = (event) => event.target.closest(".n[data-t], .h[data-t]");
    let before = null;
    svg.addEventListener("pointermove", (event) => {
      const mark = over(event);
      if (mark) {
        if (mark !== before || tip.hidden) pointAt(scene, mark.dataset.t, event.clientX, event.clientY);
      } else if (before) {
        pointAway(scene);
      }
      before = mark;
    });
    svg.addEventListener("pointerleave", () => { before = null; pointAway(scene); });
    svg.addEventListener("click", (event) => {
      const mark = over(event);
      if (mark) pin(scene, mark.dataset.t); else letGo(scene);
    });
    svg.addEventListener("focusin", (event) => {
      const mark = over(event);
      if (!mark) return;
      const { right, bottom } = mark.getBoundingClientRect();
      pointAt(scene, mark.dataset.t, right, bottom);
    });
    svg.addEventListener("focusout", () => pointAway(scene));
    svg.addEventListener("keydown", (event) => {
      const mark = over(event);
      if (mark && (event.key === "Enter" || event.key === " ")) {
        event.preventDefault();
        pin(scene, mark.dataset.t);
      }
    });
    if (data[at].p !== undefined) pin(scene, String(data[at].p));
  });

  document.documentElement.classList.add("js");
  const asked = scenes.findIndex((scene) => "#" + scene.id === location.hash);
  show(Math.max(asked, 0), false);
})();
