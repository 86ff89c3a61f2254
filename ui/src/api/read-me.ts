import { useState } from "react";
import { useReadMe } from "./queries";

/** The read-me of a release, asked for once somebody wants to read it; what the dialog for it needs. */
export function useReading(product: string, version: string | null, language: string | null) {
  const [opened, setOpened] = useState(false);
  const readMe = useReadMe(product, version, language, opened);
  return {
    open: () => setOpened(true),
    dialog: {
      opened,
      readMe: readMe.isFetching ? undefined : readMe.data,
      failure: readMe.isFetching ? null : readMe.error,
      onAskAgain: () => void readMe.refetch(),
      onClose: () => setOpened(false),
    },
  };
}
