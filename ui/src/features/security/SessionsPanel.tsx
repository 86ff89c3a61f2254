import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useEndSession, useOpenSessions } from "@/api/own-account";
import type { OpenSession } from "@/api/types";
import { FailureNotice } from "@/components/FailureNotice";
import { Loading } from "@/components/Loading";
import { Panel } from "@/components/Panel";
import { StackTable } from "@/components/StackTable";
import { Tag } from "@/components/Tag";
import { moment } from "@/lib/format";

/** Where the person is signed in, and signing out from elsewhere. */
export function SessionsPanel() {
  const { t } = useTranslation();
  const sessions = useOpenSessions();
  const end = useEndSession();
  const failure = sessions.error ?? end.error;
  return (
    <Panel title={t("security.sessions")} lead={t("security.sessionsLead")}>
      {sessions.isPending ? <Loading /> : null}
      {failure ? (
        <FailureNotice failure={failure} remedies={{ retry: () => void sessions.refetch() }} />
      ) : null}
      {sessions.data ? (
        <StackTable
          bare
          caption={t("security.sessions")}
          rows={sessions.data.toSorted(byInterest)}
          keyOf={({ session }) => session}
          marked={({ this_session }) => this_session}
          columns={[
            { label: t("security.where"), cell: (session) => <Where session={session} /> },
            { label: t("security.signedInAt"), cell: ({ signed_in_at }) => moment(signed_in_at) },
            {
              label: t("security.signOut"),
              cell: ({ session, this_session }) =>
                this_session ? (
                  "–"
                ) : (
                  <Button
                    size="xs"
                    variant="default"
                    loading={end.isPending && end.variables === session}
                    onClick={() => end.mutate(session)}
                  >
                    {t("security.signOut")}
                  </Button>
                ),
            },
          ]}
        />
      ) : null}
    </Panel>
  );
}

/** This session first, then the newest. */
function byInterest(left: OpenSession, right: OpenSession): number {
  const here = Number(right.this_session) - Number(left.this_session);
  return here || right.signed_in_at.localeCompare(left.signed_in_at);
}

function Where({ session }: { session: OpenSession }) {
  const { t } = useTranslation();
  return (
    <>
      {session.device_name ?? t("security.browser")}{" "}
      {session.this_session ? <Tag tone="raised">{t("security.here")}</Tag> : null}
    </>
  );
}
