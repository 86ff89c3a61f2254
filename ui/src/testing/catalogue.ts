import type { Contract, Device, DeviceLicence, ProductEntitlement } from "@/api/types";

const day = 86_400_000;

/** A time so many days from now. */
export function inDays(days: number): string {
  return new Date(Date.now() + days * day).toISOString();
}

const contract = {
  contract: "0192a000-0000-7000-8000-0000000000c1",
  contract_number: "SMI-2041",
};

/** What a plain user sees of three products. */
export function granted(): ProductEntitlement[] {
  return [
    {
      ...contract,
      product: "sample-studio",
      name: "Sample Studio",
      publisher: "Sample Vendor",
      summary: "Draws, renders and exports small scenes, and shows whether it may run.",
      version: "1.1.0",
      releases: [
        {
          version: "1.1.0",
          platform: "linux-x86_64",
          language: "en",
          stored_bytes: 61_300_000,
          installed_bytes: 142_800_000,
        },
        {
          version: "1.1.0",
          platform: "linux-x86_64",
          language: "de",
          stored_bytes: 61_900_000,
          installed_bytes: 143_900_000,
        },
        {
          version: "1.0.0",
          platform: "linux-x86_64",
          language: "en",
          stored_bytes: 58_000_000,
          installed_bytes: 136_000_000,
        },
        {
          version: "1.1.0",
          platform: "windows-x86_64",
          language: "en",
          stored_bytes: 63_000_000,
          installed_bytes: 150_000_000,
        },
      ],
      withdrawn: [
        {
          version: "1.0.5",
          platform: "linux-x86_64",
          language: "en",
          reason: "It could lose the last change of a scene.",
        },
      ],
      default_action: "install_now",
      seat_assigned: true,
      subscription: "0192a000-0000-7000-8000-0000000000d1",
      ends_at: inDays(320),
    },
    {
      ...contract,
      product: "zig",
      name: "Zig",
      publisher: "Zig Software Foundation",
      summary: "A general-purpose programming language and toolchain.",
      version: "0.15.1",
      releases: [
        {
          version: "0.15.1",
          platform: "linux-x86_64",
          language: "en",
          stored_bytes: 93_512_000,
          installed_bytes: 412_000_000,
        },
      ],
      default_action: "install_now",
      seat_assigned: true,
      subscription: "0192a000-0000-7000-8000-0000000000d2",
      ends_at: inDays(38.2),
    },
    {
      ...contract,
      product: "node",
      name: "Node.js",
      publisher: "OpenJS Foundation",
      summary: "Runs JavaScript outside of a browser.",
      version: "24.11.0",
      releases: [
        {
          version: "24.11.0",
          platform: "linux-x86_64",
          language: "en",
          stored_bytes: 61_000_000,
          installed_bytes: 124_000_000,
        },
      ],
      default_action: "install_now",
      seat_assigned: false,
      subscription: "0192a000-0000-7000-8000-0000000000d3",
      ends_at: inDays(3.4),
    },
  ];
}

/** What a coordinator sees of the same. */
export function grantedToAdmin(): ProductEntitlement[] {
  const seats = [
    { used: 3, total: 10 },
    { used: 8, total: 10 },
    { used: 1, total: 5 },
  ];
  return granted().map((item, index) =>
    Object.assign({}, item, {
      default_action: "download_now",
      seats: seats[index] ?? { used: 0, total: 1 },
      serial: `512-4471-90${index}2`,
      support: "advanced",
    } as const),
  );
}

function licensed(product: string, state: DeviceLicence["state"], days: number): DeviceLicence {
  return {
    product,
    state,
    last_used_at: inDays(days - 30),
    verify_by: inDays(days),
    works_until: inDays(days + 7),
  };
}

/** The computers of an organisation. */
export function devices(): Device[] {
  const linux = "linux-x86_64";
  return [
    {
      device: "d1",
      name: "drafting-04",
      platform: linux,
      user_name: "Carl Okafor",
      user_id: "carl@smith.example",
      signed_in: true,
      licences: [licensed("sample-studio", "active", 22)],
      registered_at: inDays(-210),
      last_seen_at: inDays(-0.001),
      this_device: true,
      installations: [{ product: "sample-studio", version: "1.0.0", reported_at: inDays(-20) }],
    },
    {
      device: "d2",
      name: "uma-laptop",
      platform: "windows-x86_64",
      user_name: "Uma Patel",
      user_id: "uma@smith.example",
      signed_in: true,
      licences: [
        { ...licensed("sample-studio", "active", 22), offline_until: inDays(40), works_until: inDays(40) },
        licensed("zig", "grace", -3),
      ],
      registered_at: inDays(-90),
      last_seen_at: inDays(-0.1),
      this_device: false,
      installations: [
        { product: "sample-studio", version: "1.1.0", reported_at: inDays(-2) },
        { product: "zig", version: "0.15.1", reported_at: inDays(-9) },
      ],
    },
    {
      device: "d3",
      name: "render-01.office.smith.example",
      platform: linux,
      user_name: "Yusuf Demir",
      user_id: "yusuf@smith.example",
      signed_in: false,
      licences: [licensed("node", "lapsed", -12)],
      registered_at: inDays(-400),
      last_seen_at: inDays(-45),
      this_device: false,
      installations: [],
    },
  ];
}

/** The contract that a coordinator administers. */
export function contracts(): Contract[] {
  const people = [
    "Martha Smith",
    "Carl Okafor",
    "Uma Patel",
    "Yusuf Demir",
    "Ida Lund",
    "Ben Ode",
    "Rosa Gil",
    "Tim Ho",
  ];
  const holders = (count: number) =>
    people.slice(0, count).map((name, index) => ({
      seat: `seat-${index}`,
      user_id: `${name.split(" ")[0]?.toLowerCase()}@smith.example`,
      name,
    }));
  return [
    {
      contract: contract.contract,
      number: "SMI-2041",
      support: "advanced",
      starts_at: inDays(-45),
      ends_at: inDays(320),
      auto_renew: true,
      subscriptions: [
        {
          subscription: "s1",
          product: "sample-studio",
          serial: "512-4471-9002",
          seat_count: 10,
          assigned: holders(3),
        },
        { subscription: "s2", product: "zig", serial: "512-4471-9012", seat_count: 10, assigned: holders(8) },
        { subscription: "s3", product: "node", serial: "512-4471-9022", seat_count: 5, assigned: [] },
      ],
    },
    {
      contract: "0192a000-0000-7000-8000-0000000000c2",
      number: "SMI-1877",
      support: "basic",
      starts_at: inDays(-340),
      ends_at: inDays(25),
      auto_renew: false,
      subscriptions: [],
    },
  ];
}
