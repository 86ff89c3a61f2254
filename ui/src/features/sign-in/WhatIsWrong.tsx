import { useState } from "react";
import { Button, Modal } from "@mantine/core";
import { Activity } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useDoctor } from "@/api/licence-queries";
import { DoctorReport } from "@/components/DoctorReport";
import { FailureNotice } from "@/components/FailureNotice";
import { Loading } from "@/components/Loading";

/** Offers to find out why the account service cannot be reached, to whom cannot sign in. */
export function WhatIsWrong() {
  const { t } = useTranslation();
  const [opened, setOpened] = useState(false);
  return (
    <>
      <Button
        variant="default"
        leftSection={<Activity size={16} />}
        data-testid="what-is-wrong"
        onClick={() => setOpened(true)}
      >
        {t("connection.findOut")}
      </Button>
      <Modal
        opened={opened}
        onClose={() => setOpened(false)}
        size="lg"
        title={t("connection.title")}
        closeButtonProps={{ "aria-label": t("common.close") }}
      >
        <Report />
      </Modal>
    </>
  );
}

function Report() {
  const doctor = useDoctor();
  if (doctor.error) return <FailureNotice failure={doctor.error} />;
  return doctor.data ? <DoctorReport found={doctor.data} /> : <Loading />;
}
