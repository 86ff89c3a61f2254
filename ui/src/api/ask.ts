import { invoke } from "@tauri-apps/api/core";
import { toFailure } from "./normalise";

/** Asks the program around the pages for a named command. */
export async function ask<T>(command: string, args: Record<string, unknown> = {}): Promise<T> {
  try {
    return await invoke<T>(command, args);
  } catch (cause) {
    throw toFailure(cause);
  }
}
