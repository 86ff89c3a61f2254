import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { keys } from "./cache";
import { useHost } from "./context";
import { useFeed } from "./feed";
import type { InvitationView } from "./native.gen";
import { native } from "./queries";
import { useSession } from "./session";

/** What a link of the portal asks, as the feed told of it; asked again when somebody signs in or out. */
export function useInvitation() {
  const { host } = useHost();
  return useQuery({
    queryKey: useKey(),
    queryFn: () => native(host).invitation(),
    enabled: host.native !== null,
    staleTime: Infinity,
    gcTime: 0,
    retry: false,
  });
}

/** Says yes to the question that is shown; what comes next takes its place. */
export function useAcceptInvitation() {
  const { host } = useHost();
  const client = useQueryClient();
  const key = useKey();
  return useMutation({
    mutationFn: ({ number, step }: InvitationView) => native(host).acceptInvitation(number, step),
    onSuccess: (next) => {
      client.setQueryData(key, next);
      void client.invalidateQueries({ queryKey: keys.session });
    },
  });
}

/** Forgets what waits. */
export function useDismissInvitation() {
  const { host } = useHost();
  return useMutation({ mutationFn: () => native(host).dismissInvitation() });
}

/** Takes a link that the person pasted; the feed tells of it, usable or not. */
export function useReceiveInvitation() {
  const { host } = useHost();
  return useMutation({ mutationFn: (link: string) => native(host).receiveInvitation(link) });
}

function useKey() {
  const { invited } = useFeed();
  const standing = useSession().data?.standing ?? null;
  return [...keys.invitation, invited, standing] as const;
}
