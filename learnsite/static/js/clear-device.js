// Empties what Clear-Site-Data does not reach without https.

sessionStorage.clear();
localStorage.clear();
if (window.caches) {
  for (const name of await caches.keys()) await caches.delete(name);
}
