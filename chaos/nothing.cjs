/** Stands in for modules that are never used: every name is there, and using one fails. */
module.exports = new Proxy(class {}, {
  get: (own, name) =>
    name in own || typeof name === 'symbol' || name === '__esModule' ? own[name] : class {},
});
