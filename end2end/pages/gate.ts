// The way of one browser into the network, which a test can shut: a proxy that carries its HTTP and its sockets. Playwright's
// `setOffline` leaves open WebSockets alone, so a cut has to be made outside of the browser.
import { once } from 'node:events';
import { createServer, request, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';

/** A connection of the browser, and whether a cut took it. */
type Line = { lost: boolean; tunnel: boolean; ends: Duplex[] };

/** Everything through it, or nothing: while shut, not a byte passes and no call is answered, as when a cable is pulled. */
export class Gate {
  private shut = false;
  private readonly lines = new Map<Duplex, Line>();

  private constructor(private readonly server: Server) {}

  static async open(): Promise<Gate> {
    const server = createServer();
    const gate = new Gate(server);
    server.on('request', (ask: IncomingMessage, answer: ServerResponse) => gate.forward(ask, answer));
    server.on('connect', (ask: IncomingMessage, socket: Duplex) => gate.tunnel(ask, socket));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return gate;
  }

  /** For a browser context's `proxy`. */
  get address(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** Pulls the cable. Nobody is told: what is sent vanishes. */
  cut(): void {
    this.shut = true;
    for (const line of this.lines.values()) line.lost = true;
  }

  /** Puts it back. A socket from before or during the cut stays silent for good: only what begins from now on gets through. */
  mend(): void {
    this.shut = false;
    for (const { lost, tunnel, ends } of this.lines.values()) {
      if (lost && !tunnel) ends.forEach((end) => end.destroy());
    }
  }

  async close(): Promise<void> {
    for (const { ends } of this.lines.values()) ends.forEach((end) => end.destroy());
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }

  private forward(ask: IncomingMessage, answer: ServerResponse): void {
    const line = this.line(answer.socket!, false);
    if (line.lost) return;
    const onward = request(ask.url!, { method: ask.method, headers: ask.headers }, (reply) => {
      if (line.lost) return;
      answer.writeHead(reply.statusCode!, reply.rawHeaders);
      reply.on('data', (part: Buffer) => line.lost || answer.write(part)).on('end', () => line.lost || answer.end());
    });
    onward.on('error', () => line.lost || answer.destroy());
    ask.pipe(onward);
  }

  private tunnel(ask: IncomingMessage, browser: Duplex): void {
    const line = this.line(browser, true);
    if (line.lost) return;
    const { hostname, port } = new URL(`http://${ask.url}`);
    const house: Socket = connect(Number(port), hostname, () => line.lost || browser.write('HTTP/1.1 200 OK\r\n\r\n'));
    line.ends.push(house);
    browser.on('data', (part: Buffer) => line.lost || house.write(part));
    house.on('data', (part: Buffer) => line.lost || browser.write(part));
    for (const [end, other] of [[browser, house], [house, browser]] as const) {
      end.on('close', () => line.lost || other.destroy()).on('error', () => line.lost || other.destroy());
    }
  }

  private line(browser: Duplex, tunnel: boolean): Line {
    const known = this.lines.get(browser);
    if (known) return known;
    const line = { lost: this.shut, tunnel, ends: [browser] };
    this.lines.set(browser, line);
    browser.on('close', () => this.lines.delete(browser));
    browser.on('error', () => browser.destroy());
    return line;
  }
}
