import { useApp } from "@/api/queries";
import { useHost } from "@/api/context";
import { useInvitation } from "@/api/invitation";
import { BrandPanel } from "./BrandPanel";
import { Awaited, FromPortal } from "./FromPortal";
import { SignInForm } from "./SignInForm";
import classes from "./SignIn.module.css";

/** The page before all others. */
export function SignIn() {
  const { host } = useHost();
  const app = useApp();
  const invitation = useInvitation().data ?? null;
  const awaited = invitation?.step === "password" ? invitation : null;
  const server = awaited?.server ?? app.data?.server ?? null;
  return (
    <div className={classes.page}>
      <BrandPanel />
      <main className={classes.side}>
        {host.native && app.isPending ? null : (
          <div className={classes.ways}>
            {awaited ? <Awaited invitation={awaited} /> : null}
            <SignInForm
              key={server}
              inWindow={host.native !== null}
              server={server}
              secretsPlace={app.data?.secrets_place ?? null}
            />
            {host.native && !awaited ? <FromPortal /> : null}
          </div>
        )}
      </main>
    </div>
  );
}
