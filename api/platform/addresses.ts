/** Lists of network addresses: exact ones and CIDR ranges, of both families. */
import { BlockList, isIP } from "node:net";

/** True for `192.0.2.7`, `2001:db8::1`, `10.0.0.0/8`, `2001:db8::/32`. */
export function isAddressRange(text: string): boolean {
  return parseRange(text) !== null;
}

/** What `createAddressList` matches against; an IPv4 client on an IPv6 socket counts as IPv4. */
export interface AddressList {
  includes(address: string | null): boolean;
}

/** @throws Error when a text is no address and no range. */
export function createAddressList(ranges: readonly string[]): AddressList {
  const list = new BlockList();
  for (const text of ranges) {
    const range = parseRange(text);
    if (range === null) throw new Error(`Cannot read "${text}": it is no address and no range`);
    list.addSubnet(range.network, range.prefix, range.family);
  }
  return {
    includes(address) {
      if (address === null) return false;
      const plain = withoutMapping(address);
      const family = familyOf(plain);
      return family !== null && list.check(plain, family);
    },
  };
}

interface Range {
  readonly network: string;
  readonly prefix: number;
  readonly family: "ipv4" | "ipv6";
}

function parseRange(text: string): Range | null {
  const [network = "", bits, ...rest] = text.split("/");
  const family = familyOf(network);
  if (family === null || rest.length > 0) return null;
  const bitsMax = family === "ipv4" ? 32 : 128;
  if (bits === undefined) return { network, prefix: bitsMax, family };
  if (!/^(0|[1-9]\d{0,2})$/.test(bits) || Number(bits) > bitsMax) return null;
  return { network, prefix: Number(bits), family };
}

function familyOf(address: string): Range["family"] | null {
  if (address.includes("%")) return null;
  switch (isIP(address)) {
    case 4:
      return "ipv4";
    case 6:
      return "ipv6";
    default:
      return null;
  }
}

function withoutMapping(address: string): string {
  return /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1] ?? address;
}
