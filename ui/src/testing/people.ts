import type { Administrator, Me } from "@/api/types";

const managers: Administrator[] = [
  { name: "Martha Smith", email: "martha@smith.example", role: "contract_manager", by_default: false },
  { name: "Carl Okafor", email: "carl@smith.example", role: "software_coordinator", by_default: false },
];

const smith = {
  organisation: "0192a000-0000-7000-8000-000000000002",
  organisation_name: "Smith Ltd",
  administrators: managers,
};

const contract = "0192a000-0000-7000-8000-0000000000c1";

/** A plain user with a seat and the downloads benefit. */
export const user: Me = {
  ...smith,
  account: "0192a000-0000-7000-8000-00000000000a",
  user_id: "uma@smith.example",
  name: "Uma Patel",
  contracts: [
    {
      contract,
      number: "SMI-2041",
      roles: ["user"],
      benefits: ["software_downloads", "product_updates", "web_support"],
      support: "advanced",
    },
  ],
  permitted: ["R4", "R10", "R11", "R13", "R14"],
};

/** A software coordinator of the same organisation. */
export const coordinator: Me = {
  ...smith,
  account: "0192a000-0000-7000-8000-00000000000b",
  user_id: "carl@smith.example",
  name: "Carl Okafor",
  contracts: [
    {
      contract,
      number: "SMI-2041",
      roles: ["software_coordinator", "user", "named_caller"],
      benefits: ["software_downloads", "product_updates", "web_support", "serial_numbers"],
      support: "advanced",
    },
  ],
  permitted: ["R4", "R8", "R9", "R10", "R11", "R12", "R13", "R14", "R15", "R16"],
};

/** A user whom nothing was granted. */
export const newcomer: Me = {
  ...smith,
  account: "0192a000-0000-7000-8000-00000000000d",
  user_id: "nils@smith.example",
  name: "Nils Berg",
  contracts: [{ contract, number: "SMI-2041", roles: ["user"], benefits: [], support: "advanced" }],
  permitted: ["R4", "R10"],
};
