import { useApp } from "@/api/queries";
import { useHost } from "@/api/context";
import { BrandPanel } from "./BrandPanel";
import { SignInForm } from "./SignInForm";
import classes from "./SignIn.module.css";

/** The page before all others. */
export function SignIn() {
  const { host } = useHost();
  const app = useApp();
  return (
    <div className={classes.page}>
      <BrandPanel />
      <main className={classes.side}>
        {host.native && app.isPending ? null : (
          <SignInForm
            inWindow={host.native !== null}
            server={app.data?.server ?? null}
            secretsPlace={app.data?.secrets_place ?? null}
          />
        )}
      </main>
    </div>
  );
}
