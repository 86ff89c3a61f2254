import { useMutation, useQueryClient } from "@tanstack/react-query";
import { keys } from "./cache";
import { useHost } from "./context";
import type { OfflineQuestion } from "./types";

/** Answers the request of a computer without a network. */
export function useAnswerOffline() {
  const { host } = useHost();
  const client = useQueryClient();
  return useMutation({
    mutationFn: (question: OfflineQuestion) => host.call("answerOffline", {}, question),
    onSuccess: () => client.invalidateQueries({ queryKey: keys.devices }),
  });
}
