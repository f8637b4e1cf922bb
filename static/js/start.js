// Loads a behaviour only on the pages that have something for it.

import "./live.js";

const behaviours = {
  "./errors.js": "[data-focus]",
  "./counter.js": "[data-counter]",
  "./leave.js": "[data-confirm-leave], [data-signs-out]",
  "./ballot.js": "[data-ballot]",
  "./autosave.js": "[data-autosave-url]",
  "./kept.js": "[data-worker]",
  "./similar.js": "[data-similar-url]",
  "./upload.js": "[data-upload-url]",
  "./map.js": "[data-map]",
  "./partials.js": "[hx-get], [hx-post]",
  "./idle.js": "[data-idle]",
  "./checkin.js": "[data-check-in]",
  "./wall.js": "[data-wall]",
  "./pitch.js": "[data-key], [data-pitch-ends]",
  "./countdown.js": "[data-countdown]",
  "./code.js": location.hash.startsWith("#code=") ? "body" : "[data-code]",
};

// Signed out, or never in: no ballot of anybody stays readable on this device.
const isSignedOut = !document.querySelector('meta[name="csrf-token"], [data-without-network]');
if (isSignedOut && "caches" in window) caches.delete("ballot-pages").catch(() => {});

const begun = Object.entries(behaviours)
  .filter(([, selector]) => document.querySelector(selector))
  .map(([file]) => import(file).then((behaviour) => behaviour.ready));

// From now on the page answers with all it has; a behaviour that takes longer to begin exports the promise "ready".
Promise.all(begun).finally(() => { document.documentElement.dataset.ready = ""; });
