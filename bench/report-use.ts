// Preloaded into both bots with --expose-gc: tells what the process has used when it is asked.
process.on('message', (message) => {
  if (message === 'processor') {
    const { user, system } = process.cpuUsage();
    process.send?.(user + system);
  }
  if (message !== 'memory') return;
  globalThis.gc?.();
  globalThis.gc?.();
  const { rss, heapUsed } = process.memoryUsage();
  process.send?.({ rss, heapUsed });
});
