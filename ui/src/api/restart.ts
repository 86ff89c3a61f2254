import { useMutation } from "@tanstack/react-query";
import { useHost } from "./context";
import { native } from "./queries";

/** Restarts the computer (S-135). */
export function useRestart() {
  const { host } = useHost();
  return useMutation({ mutationFn: () => native(host).restartComputer() });
}
