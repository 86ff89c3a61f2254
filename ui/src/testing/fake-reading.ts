import type { Native } from "@/api/native";
import type { ComponentView, ExaminationView, PlanView, ReadMeView } from "@/api/native.gen";
import type { World } from "./world";

/** What a world knows of files that can be read. */
export interface ReadingWorld {
  readonly examination: Omit<ExaminationView, "product">;
  readMe(product: string, version: string | null): ReadMeView;
}

/** What an examination found. */
export const harmed: ReadingWorld["examination"] = {
  damaged: ["bin/sample-studio"],
  unreadable: [],
  missing: ["share/studio/scenes/harbour.scene", "share/studio/scenes/quay.scene"],
  extra: ["notes.txt"],
  metered_bytes: null,
};

const text = `Sample Studio draws plans from templates in the terminal.

  sample-studio                 starts the studio
  sample-studio draw            lists the templates
  sample-studio draw room-001   draws one
`;

/** The read-me of a product. */
export function readMe(
  product: string,
  version: string | null,
  change: Partial<ReadMeView> = {},
): ReadMeView {
  return {
    product,
    name: "Sample Studio",
    version: version ?? "1.1.0",
    language: "en",
    file: "README.txt",
    text,
    replaced_count: 0,
    refusal: null,
    place: null,
    ...change,
  };
}

/** The bridge to what can be read of a product. */
export function readingAbilities(
  world: ReadingWorld & Pick<World, "places">,
  lent: { note(what: string, act: string): void },
): Pick<Native, "readMe" | "examineProduct" | "places"> {
  return {
    readMe: async (product, version, language) => {
      lent.note(`readMe ${product} ${version ?? "-"} ${language ?? "-"}`, "readMe");
      return world.readMe(product, version);
    },
    places: async (product) => {
      lent.note(`places ${product}`, "places");
      return [...world.places];
    },
    examineProduct: async (product) => {
      lent.note(`examineProduct ${product}`, "examineProduct");
      return { product, ...world.examination };
    },
  };
}

function withTool(plan: PlanView, chosen: readonly string[] | null): PlanView {
  const tool: ComponentView = {
    id: "editor-support",
    name: "Plan colours for Vim",
    summary: "Shows plans in colour where they are written",
    kind: "optional",
    tool: true,
    languages: [],
    shared_with: [],
    stored_bytes: 2_400,
    installed_bytes: 6_100,
    selected: chosen?.includes("editor-support") ?? false,
  };
  return { ...plan, components: [...plan.components, tool] };
}

/** The worlds of the first steps of an installation, and of a repair that costs. */
export function readingWorlds(user: World, installed: World) {
  const saying = (change: Partial<ReadMeView>): World => ({
    ...user,
    readMe: (product, version) => readMe(product, version, change),
  });
  return {
    tools: { ...user, plan: (product, options) => withTool(user.plan(product, options), options.components) },
    "read-me-none": saying({ file: null, text: null }),
    "read-me-large": saying({ text: null, refusal: "too_large" }),
    "read-me-long": saying({ text: `${text}\n`.repeat(40), replaced_count: 2 }),
    "metered-repair": { ...installed, examination: { ...harmed, metered_bytes: 48_300_000 } },
  } as const satisfies Record<string, World>;
}
