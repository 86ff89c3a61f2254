import { useEffect } from "react";
import { useQueryClient } from "@tanstack/react-query";
import { Outlet, useRouterState } from "@tanstack/react-router";
import { keys, signedOut } from "@/api/cache";
import { useHost } from "@/api/context";
import { useFeed } from "@/api/feed";
import { useSession } from "@/api/session";
import { FailureNotice } from "@/components/FailureNotice";
import { InvitationDialog } from "@/features/invitation/InvitationDialog";
import { LaunchGate } from "@/features/licence/LaunchGate";
import { JobStrip } from "@/features/jobs/JobStrip";
import { Shell } from "@/features/shell/Shell";
import { SignIn } from "@/features/sign-in/SignIn";
import { Loading } from "@/components/Loading";
import classes from "./Root.module.css";

/** The pages, and above them what a link asks, whoever is there. */
export function Root() {
  const { host } = useHost();
  useSignedInNews();
  return (
    <>
      {host.native ? <InvitationDialog /> : null}
      <Pages />
    </>
  );
}

/** Who is there decides what is shown: the sign-in page, or the pages in their frame. */
function Pages() {
  const session = useSession();
  const { host } = useHost();
  const path = useRouterState({ select: (state) => state.location.pathname });

  const who = session.data;
  if (who?.standing === "out") return <SignIn />;
  if (who?.standing === "in" || (who && host.native)) {
    return (
      <LaunchGate>
        <Shell me={who.standing === "in" ? who.me : null} strip={<JobStrip path={path} />}>
          <Outlet />
        </Shell>
      </LaunchGate>
    );
  }
  return (
    <main className={classes.alone}>
      {who ? (
        <FailureNotice failure={who.failure} remedies={{ retry: () => void session.refetch() }} />
      ) : (
        <Loading />
      )}
    </main>
  );
}

/** The feed tells when somebody signed in or out elsewhere, for instance by the command line. */
function useSignedInNews(): void {
  const { signedIn } = useFeed();
  const client = useQueryClient();
  useEffect(() => {
    if (signedIn === false) signedOut(client);
    if (signedIn === true) void client.invalidateQueries({ queryKey: keys.session });
  }, [signedIn, client]);
}
