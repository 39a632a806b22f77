"use strict";
(function () {
  const canvas = document.getElementById("map-canvas");
  const data = JSON.parse(document.getElementById("map-data").textContent);
  const still = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  const SVG = "http://www.w3.org/2000/svg";

  function svgElement(name, attributes, parent) {
    const element = document.createElementNS(SVG, name);
    for (const key of Object.keys(attributes)) {
      element.setAttribute(key, attributes[key]);
    }
    parent.appendChild(element);
    return element;
  }

  function textElement(name, text, className) {
    const element = document.createElement(name);
    element.textContent = text;
    if (className) {
      element.className = className;
    }
    return element;
  }

  function outline(shape, r) {
    if (shape === "gained") {
      const d = r * 1.25;
      return `M0 ${-d} ${d} 0 0 ${d} ${-d} 0Z`;
    }
    if (shape === "without") {
      const d = r * 1.15;
      return `M0 ${-d} ${d} ${d} ${-d} ${d}Z`;
    }
    if (shape === "lost") {
      return `M${-r} ${-r} ${r} ${r}M${-r} ${r} ${r} ${-r}`;
    }
    if (shape === "home") {
      return `M${-r} ${r}V${-0.2 * r}L0 ${-1.2 * r} ${r} ${-0.2 * r}V${r}Z`;
    }
    if (shape === "depot") {
      return `M0 ${-r} ${0.95 * r} ${-0.31 * r} ${0.59 * r} ${0.81 * r}H${-0.59 * r}L${-0.95 * r} ${-0.31 * r}Z`;
    }
    return `M${-r} ${-r}H${r}V${r}H${-r}Z`;
  }

  const PIN = { box: -1, agent: -1, depot: 1 };

  function picture(thing) {
    const side = PIN[thing.shape] || 0;
    const half = Math.ceil(thing.size * 1.3) + 2;
    const away = side * (thing.size + 12);
    const svg = document.createElementNS(SVG, "svg");
    const tall = 2 * half + Math.abs(away);
    const top = Math.min(0, away) - half;
    svg.setAttribute("viewBox", `${-half} ${top} ${2 * half} ${tall}`);
    svg.setAttribute("width", 2 * half);
    svg.setAttribute("height", tall);
    svg.setAttribute("aria-hidden", "true");
    if (side) {
      svgElement("path", { d: `M0 0V${away}`, class: "stem" }, svg);
    }
    const group = svgElement("g", { transform: `translate(0 ${away})` }, svg);
    if (thing.shape === "kept") {
      svgElement("circle", { r: thing.size, class: "shape-kept" }, group);
    } else {
      const d = outline(thing.shape, thing.size);
      svgElement("path", { d: d, class: `shape-${thing.shape}` }, group);
    }
    if (thing.shape === "agent") {
      const middle = { y: 4, "text-anchor": "middle", class: "shape-letter" };
      svgElement("text", middle, group).textContent = data.texts.letter;
    }
    return L.divIcon({
      html: svg,
      className: "place",
      iconSize: [2 * half, tall],
      iconAnchor: [half, -top],
      popupAnchor: [0, side < 0 ? top + half / 2 : -half / 2],
    });
  }

  function popup(thing) {
    const box = document.createElement("div");
    box.appendChild(textElement("p", thing.name, "popup-name"));
    for (const line of thing.lines) {
      box.appendChild(textElement("p", line));
    }
    return box;
  }

  const map = L.map(canvas, {
    attributionControl: false,
    zoomControl: false,
    zoomSnap: 0.25,
    scrollWheelZoom: false,
    zoomAnimation: !still,
    fadeAnimation: !still,
    renderer: L.svg({ padding: 0.4 }),
  });
  canvas.addEventListener("focusin", () => map.scrollWheelZoom.enable());
  canvas.addEventListener("focusout", () => map.scrollWheelZoom.disable());
  map.on("popupopen", (event) => {
    const close = event.popup.getElement().querySelector(".leaflet-popup-close-button");
    if (close) {
      close.setAttribute("aria-label", data.texts.close);
    }
  });

  const drawn = [...data.villages, ...data.points, ...data.depots, ...data.homes];
  const bounds = L.latLngBounds(drawn.map((thing) => thing.at));
  for (const run of data.carrying) {
    bounds.extend(run.path);
  }
  function showAll() {
    if (bounds.isValid()) {
      const names = Math.min(90, map.getSize().x / 4); // they stand to the right of their places
      map.fitBounds(bounds, {
        paddingTopLeft: [30, 30],
        paddingBottomRight: [names, 30],
        maxZoom: 14,
        animate: false,
      });
    } else {
      map.setView([62, 16], 5);
    }
  }
  showAll();

  for (const path of data.passing) {
    L.polyline(path, { className: "line-passing", weight: 1, interactive: false }).addTo(map);
  }
  const carrying = [...data.carrying].sort((a, b) => b.width - a.width);
  for (const run of carrying) {
    L.polyline(run.path, { className: "line-carrying", weight: run.width })
      .bindPopup(popup(run))
      .addTo(map);
  }
  for (const van of data.vans) {
    L.polyline(van.path, { className: "line-van", weight: van.width })
      .bindPopup(popup(van))
      .addTo(map);
  }
  for (const path of data.detours) {
    L.polyline(path, { className: "line-detour", weight: 3, interactive: false }).addTo(map);
  }

  const labels = [];
  function place(thing, offset, labelled) {
    const marker = L.marker(thing.at, {
      icon: picture(thing),
      keyboard: true,
      zIndexOffset: offset,
    }).addTo(map);
    marker.bindPopup(popup(thing));
    marker.getElement().setAttribute("aria-label", thing.name);
    if (labelled) {
      const text = textElement("span", thing.name.length > 28 ? thing.name.slice(0, 27) + "…" : thing.name);
      const side = { permanent: true, direction: "right", className: "place-name", offset: [thing.size, 0] };
      marker.bindTooltip(text, side);
      labels.push(marker);
    }
  }

  for (const thing of data.points.filter((point) => point.shape === "candidate")) {
    place(thing, 0, false);
  }
  for (const thing of data.points.filter((point) => point.shape !== "candidate")) {
    place(thing, 100, false);
  }
  for (const thing of data.depots) {
    place(thing, 100, false);
  }
  for (const thing of data.homes) {
    place(thing, 150, false);
  }
  for (const thing of data.villages) {
    place(thing, 200, true);
  }

  function overlaps(a, b) {
    return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
  }

  function tidy() {
    const taken = [];
    for (const marker of labels) {
      const element = marker.getTooltip().getElement();
      element.classList.remove("hidden-name");
      const box = element.getBoundingClientRect();
      if (taken.some((other) => overlaps(box, other))) {
        element.classList.add("hidden-name");
      } else {
        taken.push(box);
      }
    }
  }

  L.control.zoom({ zoomInTitle: data.texts.zoomIn, zoomOutTitle: data.texts.zoomOut }).addTo(map);
  L.control.scale({ imperial: false }).addTo(map);
  const Whole = L.Control.extend({
    options: { position: "topleft" },
    onAdd() {
      const button = textElement("button", data.texts.whole, "whole");
      button.type = "button";
      L.DomEvent.disableClickPropagation(button);
      button.addEventListener("click", showAll);
      return button;
    },
  });
  new Whole().addTo(map);
  map.on("zoomend moveend", tidy);
  tidy();
})();
