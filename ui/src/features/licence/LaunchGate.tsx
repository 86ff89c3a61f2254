import { useCallback, useState, type ReactNode } from "react";
import { useHost } from "@/api/context";
import { LaunchContext } from "@/api/launch";
import { toFailure } from "@/api/normalise";
import type { GateView, LaunchView } from "@/api/native.gen";
import { native } from "@/api/queries";
import type { Failure } from "@/lib/failure";
import { GateDialog } from "./GateDialog";

/** A start that is under way. */
interface Asked {
  readonly product: string;
  readonly version: string | null;
  readonly settle: (started: LaunchView | null) => void;
  readonly fail: (failure: Failure) => void;
}

/** Asks before every start what is to be asked: privacy, licence, who the person is (U13…U17). */
export function LaunchGate({ children }: { children: ReactNode }) {
  const { host } = useHost();
  const [asked, setAsked] = useState<Asked | null>(null);
  const [gate, setGate] = useState<GateView | null>(null);

  const end = useCallback(() => {
    setAsked(null);
    setGate(null);
  }, []);

  const start = useCallback(
    async (now: Asked) => {
      try {
        now.settle(await native(host).launchProduct(now.product, now.version));
      } catch (cause) {
        now.fail(toFailure(cause));
      }
      end();
    },
    [host, end],
  );

  const verify = useCallback(
    async (now: Asked) => {
      setGate(null);
      try {
        const next = await native(host).gate(now.product);
        if (next.step === "ready" && !next.notice) await start(now);
        else setGate(next);
      } catch (cause) {
        now.fail(toFailure(cause));
        end();
      }
    },
    [host, start, end],
  );

  const launch = useCallback(
    (product: string, version: string | null) =>
      new Promise<LaunchView | null>((settle, fail) => {
        const now = { product, version, settle, fail };
        setAsked(now);
        void verify(now);
      }),
    [verify],
  );

  return (
    <LaunchContext value={launch}>
      {children}
      {asked ? (
        <GateDialog
          product={asked.product}
          gate={gate}
          onAgain={() => void verify(asked)}
          onStart={() => void start(asked)}
          onGiveUp={() => {
            asked.settle(null);
            end();
          }}
        />
      ) : null}
    </LaunchContext>
  );
}
