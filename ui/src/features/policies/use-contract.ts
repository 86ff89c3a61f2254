import { useContracts } from "@/api/queries";

/** The contract that is asked for, else the first that the person administers. */
export function useContract(asked: string | null) {
  const contracts = useContracts();
  const found = contracts.data?.find(({ contract }) => contract === asked) ?? contracts.data?.[0] ?? null;
  return { contracts, found };
}
