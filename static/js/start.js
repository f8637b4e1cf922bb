// Loads a behaviour only on the pages that have something for it.

import "./live.js";

const has = (selector) => document.querySelector(selector) !== null;

if (has("[data-focus]")) import("./errors.js");
if (has("[data-counter]")) import("./counter.js");
if (has("[data-confirm-leave]")) import("./leave.js");
if (has("[data-autosave-url]")) import("./autosave.js");
if (has("[data-similar-url]")) import("./similar.js");
if (has("[data-upload-url]")) import("./upload.js");
if (has("[data-map]")) import("./map.js");
if (has("[data-signs-out]")) import("./leave.js");
if (has("[hx-get], [hx-post]")) import("./partials.js");
if (has("[data-idle]")) import("./idle.js");
if (has("[data-check-in]")) import("./checkin.js");
if (has("[data-code]") || location.hash.startsWith("#code=")) import("./code.js");
if (has("[data-wall]")) import("./wall.js");
if (has("[data-key], [data-pitch-ends]")) import("./pitch.js");
if (has("[data-countdown]")) import("./countdown.js");
