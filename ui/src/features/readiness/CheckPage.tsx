import { Stack, Tabs } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { ReadinessCheck } from "@/api/readiness";
import { useCheckOf } from "@/api/readiness-queries";
import { BackLink } from "@/components/BackLink";
import { FailureNotice } from "@/components/FailureNotice";
import { Loading } from "@/components/Loading";
import { PageHead } from "@/components/PageHead";
import { date } from "@/lib/format";
import { Board } from "./Board";
import { CheckActions } from "./CheckActions";
import { CheckStateTag } from "./CheckTable";
import { Collect } from "./Collect";
import { Computers } from "./Computers";
import { Exceptions } from "./Exceptions";
import { MachineDrawer } from "./MachineDrawer";
import { Silent } from "./Silent";
import { SignOffs } from "./SignOffs";
import { tabOf, tabs, type Place, type Tab } from "./place";
import classes from "./Readiness.module.css";

interface CheckPageProps {
  check: string;
  place: Place;
  onPlace: (place: Place) => void;
  onRemoved: () => void;
}

/** One check: how its computers fare, and everything that is done with it. */
export function CheckPage({ check, place, onPlace, onRemoved }: CheckPageProps) {
  const { t } = useTranslation();
  const asked = useCheckOf(check);
  return (
    <>
      <PageHead
        title={asked.data?.title ?? t("readiness.check")}
        before={<BackLink to="/readiness">{t("readiness.back")}</BackLink>}
        actions={asked.data ? <CheckActions check={asked.data} onRemoved={onRemoved} /> : null}
      />
      {asked.isPending ? <Loading /> : null}
      {asked.error ? (
        <FailureNotice failure={asked.error} remedies={{ retry: () => void asked.refetch() }} />
      ) : null}
      {asked.data ? (
        <Stack gap="lg">
          <Summary check={asked.data} />
          <Parts check={asked.data} place={place} onPlace={onPlace} />
        </Stack>
      ) : null}
    </>
  );
}

function Summary({ check }: { check: ReadinessCheck }) {
  const { t } = useTranslation();
  const products = check.products.map(({ name, version }) => `${name} ${version}`).join(", ");
  return (
    <div className={classes.row}>
      <CheckStateTag check={check} />
      <span>{products || t("readiness.noProducts")}</span>
      <span className={classes.muted}>{t("readiness.rules", { count: check.rule_count })}</span>
      <span className={classes.muted}>
        {check.state === "open" ? t("readiness.until", { date: date(check.expires_at) }) : null}
      </span>
    </div>
  );
}

function Parts({
  check,
  place,
  onPlace,
}: { check: ReadinessCheck } & Pick<CheckPageProps, "place" | "onPlace">) {
  const { t } = useTranslation();
  const id = check.check;
  const parts: Record<Tab, React.ReactNode> = {
    board: <Board check={check} onPlace={onPlace} />,
    computers: <Computers check={check} place={place} onPlace={onPlace} />,
    silent: <Silent check={id} />,
    collect: <Collect check={check} />,
    accepted: <Exceptions check={id} />,
    signOff: <SignOffs check={id} />,
  };
  const present = tabOf(place);
  return (
    <>
      <Tabs value={present} onChange={(tab) => onPlace(tab && tab !== "board" ? { tab } : {})}>
        <Tabs.List mb="lg">
          {tabs.map((tab) => (
            <Tabs.Tab key={tab} value={tab} data-testid={`tab-${tab}`}>
              {t(`readiness.tabs.${tab}`)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        {tabs.map((tab) => (
          <Tabs.Panel key={tab} value={tab}>
            {tab === present ? parts[tab] : null}
          </Tabs.Panel>
        ))}
      </Tabs>
      <MachineDrawer
        check={id}
        machine={place.machine ?? null}
        onClose={() => {
          const { machine: _, ...rest } = place;
          onPlace(rest);
        }}
      />
    </>
  );
}
