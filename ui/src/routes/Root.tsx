import { useEffect } from "react";
import { Loader } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { Outlet, useRouterState } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { keys, signedOut } from "@/api/cache";
import { useHost } from "@/api/context";
import { useFeed } from "@/api/feed";
import { useMe } from "@/api/queries";
import { FailureNotice } from "@/components/FailureNotice";
import { JobStrip } from "@/features/jobs/JobStrip";
import { Shell } from "@/features/shell/Shell";
import { SignIn } from "@/features/sign-in/SignIn";
import classes from "./Root.module.css";

/** Who is there decides what is shown: the sign-in page, or the pages in their frame. */
export function Root() {
  const { t } = useTranslation();
  const me = useMe();
  const { host } = useHost();
  const path = useRouterState({ select: (state) => state.location.pathname });
  useSignedInNews();

  if (me.data === null) return <SignIn />;
  if (me.data || (me.error && host.native)) {
    return (
      <Shell me={me.data ?? null} strip={<JobStrip path={path} />}>
        <Outlet />
      </Shell>
    );
  }
  return (
    <main className={classes.alone}>
      {me.error ? (
        <FailureNotice failure={me.error} onRetry={() => void me.refetch()} />
      ) : (
        <Loader aria-label={t("common.loading")} />
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
    if (signedIn === true) void client.invalidateQueries({ queryKey: keys.me });
  }, [signedIn, client]);
}
