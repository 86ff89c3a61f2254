import type { JobView } from "@/api/native.gen";
import { job } from "./computer";
import type { World } from "./world";

/** A computer on which something else put the product into `/opt/studio`. */
export function takingOver(world: World): World {
  return {
    ...world,
    plan: (product, options) => {
      const plan = world.plan(product, options);
      const held_bytes = options.adopt === "/opt/studio" ? 50_000_000 : 0;
      return { ...plan, held_bytes, fetch_bytes: plan.fetch_bytes - held_bytes };
    },
  };
}

/** Worlds with a download: done, for other computers, under way, and failed. */
export function downloadWorlds(world: World, lost: JobView) {
  return {
    downloaded: {
      ...world,
      jobs: [
        job({
          id: "sample-studio-4",
          kind: "download",
          state: "done",
          folder: "/home/uma/Downloads/Sample Studio 1.1.0",
        }),
      ],
    },
    "downloaded-elsewhere": {
      ...world,
      jobs: [
        job({
          id: "sample-studio-5",
          kind: "download",
          state: "done",
          platform: "windows-x86_64",
          folder: "/home/uma/Downloads/Sample Studio 1.1.0 windows-x86_64",
        }),
      ],
    },
    downloading: {
      ...world,
      jobs: [job({ kind: "download", folder: "/home/uma/Downloads/Sample Studio 1.1.0" })],
    },
    "download-failed": {
      ...world,
      jobs: [{ ...lost, kind: "download", folder: "/home/uma/Downloads/Sample Studio 1.1.0" }],
    },
  } as const satisfies Record<string, World>;
}
