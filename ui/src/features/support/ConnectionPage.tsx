import { Button } from "@mantine/core";
import { RotateCw } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useDoctor } from "@/api/licence-queries";
import { DoctorReport } from "@/components/DoctorReport";
import { FailureNotice } from "@/components/FailureNotice";
import { Loading } from "@/components/Loading";
import { PageHead } from "@/components/PageHead";
import { LimitPanel } from "./LimitPanel";
import { PeersPanel } from "./PeersPanel";
import { SupportBundle } from "./SupportBundle";
import classes from "./SupportPage.module.css";

/** What is wrong with this computer, the network or one's rights, and whom to ask for what. */
export function ConnectionPage() {
  const { t } = useTranslation();
  const doctor = useDoctor();
  const again = (
    <Button
      variant="default"
      leftSection={<RotateCw size={16} />}
      loading={doctor.isFetching}
      data-testid="doctor-again"
      onClick={() => void doctor.refetch()}
    >
      {t("connection.again")}
    </Button>
  );
  return (
    <div className={classes.page}>
      <PageHead title={t("connection.title")} lead={t("connection.lead")} actions={again} />
      <div className={classes.stack}>
        {doctor.error ? <FailureNotice failure={doctor.error} /> : null}
        {doctor.data ? <DoctorReport found={doctor.data} /> : null}
        {doctor.isPending ? <Loading /> : null}
        <LimitPanel />
        <PeersPanel />
        <SupportBundle />
      </div>
    </div>
  );
}
