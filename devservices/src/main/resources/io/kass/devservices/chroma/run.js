// node run.js <package folder> <data folder> <port>: a Chroma server that ends when its standard input does,
// so that none outlives whoever started it, however that ended.
const { Worker } = require('worker_threads');
const [bindings, path, port] = process.argv.slice(2);
// It never returns, so it gets a thread of its own: this one listens to the input.
const server = new Worker(
  "const { workerData: d } = require('worker_threads');" +
    "require(d.bindings).cli(['chroma', 'run', '--path', d.path, '--host', '127.0.0.1', '--port', d.port]);",
  { eval: true, workerData: { bindings, path, port } }
);
server.on('error', (error) => {
  console.error(error);
  process.exit(1);
});
server.on('exit', () => process.exit(1));
process.stdin.resume();
process.stdin.on('end', () => process.kill(process.pid, 'SIGKILL'));
