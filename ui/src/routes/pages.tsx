import { useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { useHost } from "@/api/context";
import { useMe } from "@/api/session";
import { ContractsPage } from "@/features/contracts/ContractsPage";
import { DevicePage } from "@/features/devices/DevicePage";
import { DevicesPage } from "@/features/devices/DevicesPage";
import { DownloadPage } from "@/features/download/DownloadPage";
import { FilesPage } from "@/features/files/FilesPage";
import { GroupsPage } from "@/features/groups/GroupsPage";
import { InstallPage } from "@/features/install/InstallPage";
import { JobsPage } from "@/features/jobs/JobsPage";
import { ManagePage } from "@/features/manage/ManagePage";
import { LicencePage } from "@/features/licence/LicencePage";
import { OfflinePage } from "@/features/offline/OfflinePage";
import { PoliciesPage } from "@/features/policies/PoliciesPage";
import { PolicyPage } from "@/features/policies/PolicyPage";
import { ProductsPage } from "@/features/products/ProductsPage";
import { AppearancePage } from "@/features/profile/AppearancePage";
import { ProfilePage } from "@/features/profile/ProfilePage";
import { CheckPage } from "@/features/readiness/CheckPage";
import { NewCheckPage } from "@/features/readiness/NewCheckPage";
import { ReadinessPage } from "@/features/readiness/ReadinessPage";
import { SecurityPage } from "@/features/security/SecurityPage";
import { AboutPage } from "@/features/support/AboutPage";
import { ConnectionPage } from "@/features/support/ConnectionPage";
import { SupportPage } from "@/features/support/SupportPage";
import { NotFound } from "./NotFound";

/** `/products` */
export function ProductsRoute() {
  const me = useMe();
  const { q, details } = useSearch({ from: "/products" });
  const navigate = useNavigate({ from: "/products" });
  return (
    <ProductsPage
      me={me}
      query={q ?? ""}
      onQuery={(query) => void navigate({ search: query ? { q: query } : {}, replace: true })}
      details={details ?? null}
      onDetails={(product) =>
        void navigate({ search: { ...(q ? { q } : {}), ...(product ? { details: product } : {}) } })
      }
    />
  );
}

/** `/products/$product/install` */
export function InstallRoute() {
  const { product } = useParams({ from: "/products/$product/install" });
  const { job, version, language, from, take_over } = useSearch({ from: "/products/$product/install" });
  const navigate = useNavigate({ from: "/products/$product/install" });
  return (
    <InstallPage
      key={product}
      product={product}
      job={job ?? null}
      version={version ?? null}
      language={language ?? null}
      from={from ?? null}
      takingOver={take_over !== undefined}
      // What was chosen has become the job.
      onJob={(id) => void navigate({ search: id ? { job: id } : {}, replace: true, ignoreBlocker: true })}
      onFinish={() => void navigate({ to: "/products" })}
    />
  );
}

/** `/products/$product/download`, only in the window */
export function DownloadRoute() {
  const { product } = useParams({ from: "/products/$product/download" });
  const { job } = useSearch({ from: "/products/$product/download" });
  const navigate = useNavigate({ from: "/products/$product/download" });
  if (useHost().host.kind !== "window") return <NotFound />;
  return (
    <DownloadPage
      key={product}
      product={product}
      job={job ?? null}
      onJob={(id) => void navigate({ search: id ? { job: id } : {}, replace: true })}
    />
  );
}

/** `/products/$product/files`, only in a browser */
export function FilesRoute() {
  const { product } = useParams({ from: "/products/$product/files" });
  const search = useSearch({ from: "/products/$product/files" });
  const navigate = useNavigate({ from: "/products/$product/files" });
  if (useHost().host.kind !== "browser") return <NotFound />;
  return (
    <FilesPage
      key={product}
      product={product}
      wish={search}
      onWish={(wish) => void navigate({ search: wish, replace: true })}
    />
  );
}

/** `/products/$product`, only in the window */
export function ManageRoute() {
  const { product } = useParams({ from: "/products/$product" });
  return useHost().host.kind === "window" ? <ManagePage key={product} product={product} /> : <NotFound />;
}

/** `/products/$product/licence` */
export function LicenceRoute() {
  const { product } = useParams({ from: "/products/$product/licence" });
  return <LicencePage key={product} product={product} me={useMe()} />;
}

/** `/jobs`, only in the window */
export function JobsRoute() {
  return useHost().host.kind === "window" ? <JobsPage /> : <NotFound />;
}

/** `/devices` */
export function DevicesRoute() {
  return <DevicesPage me={useMe()} />;
}

/** `/devices/$device` */
export function DeviceRoute() {
  const { device } = useParams({ from: "/devices/$device" });
  return <DevicePage key={device} device={device} me={useMe()} />;
}

/** `/offline` */
export function OfflineRoute() {
  return <OfflinePage />;
}

/** `/contracts`, only for those who set up people and software */
export function ContractsRoute() {
  const me = useMe();
  return me?.permitted.includes("R8") ? <ContractsPage /> : <NotFound />;
}

/** `/groups`, only for those who set up people and software */
export function GroupsRoute() {
  const me = useMe();
  const place = useSearch({ from: "/groups" });
  const navigate = useNavigate({ from: "/groups" });
  if (!me?.permitted.includes("R8")) return <NotFound />;
  // What leads there was saved before.
  const show = (next: typeof place) => void navigate({ search: next, ignoreBlocker: true });
  return <GroupsPage place={place} onPlace={show} />;
}

/** `/readiness`, only for those who set up people and software */
export function ReadinessRoute() {
  const me = useMe();
  return me?.permitted.includes("R8") ? <ReadinessPage /> : <NotFound />;
}

/** `/readiness/new` */
export function NewCheckRoute() {
  const me = useMe();
  const navigate = useNavigate();
  // What leads there was saved before.
  const show = (check: string) =>
    void navigate({ to: "/readiness/$check", params: { check }, ignoreBlocker: true });
  return me?.permitted.includes("R8") ? <NewCheckPage onMade={show} /> : <NotFound />;
}

/** `/readiness/$check` */
export function CheckRoute() {
  const me = useMe();
  const { check } = useParams({ from: "/readiness/$check" });
  const search = useSearch({ from: "/readiness/$check" });
  const navigate = useNavigate({ from: "/readiness/$check" });
  if (!me?.permitted.includes("R8")) return <NotFound />;
  return (
    <CheckPage
      key={check}
      check={check}
      place={search}
      onPlace={(place) => void navigate({ search: place, replace: true })}
      onRemoved={() => void navigate({ to: "/readiness", ignoreBlocker: true })}
    />
  );
}

/** `/policies`, only for those who set up people and software */
export function PoliciesRoute() {
  const me = useMe();
  const { contract } = useSearch({ from: "/policies" });
  const navigate = useNavigate({ from: "/policies" });
  if (!me?.permitted.includes("R8")) return <NotFound />;
  const show = (chosen: string) => void navigate({ search: { contract: chosen }, replace: true });
  return <PoliciesPage contract={contract ?? null} onContract={show} />;
}

/** Leads from a policy back to the list of its contract; what leads there was saved or removed before. */
function useLeavePolicy() {
  const navigate = useNavigate();
  return (contract: string) => void navigate({ to: "/policies", search: { contract }, ignoreBlocker: true });
}

/** `/policies/new` */
export function NewPolicyRoute() {
  const me = useMe();
  const { contract } = useSearch({ from: "/policies/new" });
  const leave = useLeavePolicy();
  if (!me?.permitted.includes("R8")) return <NotFound />;
  return <PolicyPage contract={contract ?? null} policy={null} onDone={leave} />;
}

/** `/policies/$policy` */
export function PolicyRoute() {
  const me = useMe();
  const { policy } = useParams({ from: "/policies/$policy" });
  const { contract } = useSearch({ from: "/policies/$policy" });
  const leave = useLeavePolicy();
  if (!me?.permitted.includes("R8")) return <NotFound />;
  return <PolicyPage key={policy} contract={contract ?? null} policy={policy} onDone={leave} />;
}

/** `/profile` */
export function ProfileRoute() {
  const me = useMe();
  return me ? <ProfilePage me={me} /> : null;
}

/** `/profile/appearance` */
export function AppearanceRoute() {
  return <AppearancePage />;
}

/** `/security` */
export function SecurityRoute() {
  return <SecurityPage />;
}

/** `/support` */
export function SupportRoute() {
  const me = useMe();
  return me ? <SupportPage me={me} /> : null;
}

/** `/support/connection`, only in the window */
export function ConnectionRoute() {
  return useHost().host.kind === "window" ? <ConnectionPage /> : <NotFound />;
}

/** `/support/about` */
export function AboutRoute() {
  return <AboutPage />;
}
