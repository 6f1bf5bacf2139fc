// The line between a browser and everything else, which can really be cut. A browser that plays
// being offline does so page by page: a page that is being left, or a worker that has just started,
// may still reach the server.
import { createServer, request } from 'node:http';

/** Lays a line for one browser: an HTTP proxy, and the arguments that make Chromium use it. */
export async function layLine() {
  let isCut = false;
  const server = createServer(carry);
  server.on('connection', (socket) => { if (isCut) socket.destroy(); });
  await new Promise((ready) => { server.listen(0, '127.0.0.1', ready); });
  return {
    // Chromium reaches its own machine without a proxy unless it is told not to.
    args: [`--proxy-server=http://127.0.0.1:${server.address().port}`, '--proxy-bypass-list=<-loopback>'],
    setCut(cut) {
      isCut = cut;
      if (cut) server.closeAllConnections();
    },
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

/** Asks the one that was meant, over a connection of its own, and gives back what it answers. */
function carry(asked, given) {
  const { url, method, headers } = asked;
  const onward = request(url, { method, headers, agent: false }, (answer) => {
    given.writeHead(answer.statusCode, answer.rawHeaders);
    answer.pipe(given);
    answer.on('error', () => given.destroy());
  });
  onward.on('error', () => given.destroy());
  given.on('close', () => onward.destroy());
  asked.pipe(onward);
}
