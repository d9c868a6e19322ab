import assert from "node:assert/strict";
import fc from "fast-check";
import { createAddressList, isAddressRange } from "./addresses.ts";

Deno.test("createAddressList() matches exact addresses and ranges of both families", () => {
  const list = createAddressList(["192.0.2.7", "10.0.0.0/8", "2001:db8::/32", "::1"]);
  for (const address of ["192.0.2.7", "10.255.0.1", "::ffff:10.1.2.3", "2001:db8:ff::1", "::1"]) {
    assert.ok(list.includes(address), address);
  }
  for (const address of ["192.0.2.8", "11.0.0.1", "::ffff:11.1.2.3", "2001:db9::1", "::2"]) {
    assert.ok(!list.includes(address), address);
  }
});

Deno.test("createAddressList() matches nothing that is no address", () => {
  const list = createAddressList(["0.0.0.0/0", "::/0"]);
  assert.ok(list.includes("203.0.113.9"));
  for (const address of [null, "", "localhost", "10.0.0", "10.0.0.1:80", "fe80::1%eth0"]) {
    assert.ok(!list.includes(address), String(address));
  }
});

Deno.test("isAddressRange() refuses what is neither an address nor a range", () => {
  for (const text of ["10.0.0.0/8", "0.0.0.0/0", "1.2.3.4", "2001:db8::/32", "::/0"]) {
    assert.ok(isAddressRange(text), text);
  }
  const bad = ["", "10.0.0.0/33", "10.0.0.0/", "10.0.0/8", "::/129", "1.2.3.4/08", "a/8", "1/2/3"];
  for (const text of bad) assert.ok(!isAddressRange(text), text);
});

Deno.test("createAddressList() judges IPv4 ranges as the bits of the addresses do", () => {
  const octets = fc.tuple(fc.nat(255), fc.nat(255), fc.nat(255), fc.nat(255));
  const toNumber = (parts: readonly number[]) =>
    parts.reduce((sum, part) => sum * 256n + BigInt(part), 0n);
  fc.assert(fc.property(octets, octets, fc.nat(32), (network, address, prefix) => {
    const shift = BigInt(32 - prefix);
    const expected = toNumber(network) >> shift === toNumber(address) >> shift;
    const list = createAddressList([`${network.join(".")}/${prefix}`]);
    assert.equal(list.includes(address.join(".")), expected);
  }));
});
