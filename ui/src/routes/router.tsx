import {
  createRootRoute,
  createRoute,
  createRouter,
  redirect,
  type RouterHistory,
} from "@tanstack/react-router";
import { Broken } from "./Broken";
import { NotFound } from "./NotFound";
import { Root } from "./Root";
import {
  AboutRoute,
  AppearanceRoute,
  CheckRoute,
  ConnectionRoute,
  ContractsRoute,
  DeviceRoute,
  DevicesRoute,
  DownloadRoute,
  FilesRoute,
  GroupsRoute,
  InstallRoute,
  JobsRoute,
  LicenceRoute,
  ManageRoute,
  NewCheckRoute,
  NewPolicyRoute,
  OfflineRoute,
  PoliciesRoute,
  PolicyRoute,
  ProductsRoute,
  ProfileRoute,
  ReadinessRoute,
  SecurityRoute,
  SupportRoute,
} from "./pages";

/** What the address of the products page says. */
export interface ProductsSearch {
  q?: string;
  details?: string;
}

/** What the address of an install says. */
export interface InstallSearch {
  job?: string;
  version?: string;
  language?: string;
  from?: string;
  /** Present where it begins with taking over what something else installed. */
  take_over?: string;
}

/** What the address of a download says. */
export interface DownloadSearch {
  job?: string;
}

/** What the address of a release's files says. */
export interface FilesSearch {
  version?: string;
  platform?: string;
  language?: string;
}

/** What the address of the groups says. */
export interface GroupsSearch {
  contract?: string;
  group?: string;
  product?: string;
}

/** What the address of a readiness check says. */
export interface CheckSearch {
  tab?: string;
  state?: string;
  change?: string;
  product?: string;
  rule?: string;
  name?: string;
  machine?: string;
}

/** What the address of the update policies says. */
export interface PoliciesSearch {
  contract?: string;
}

function text(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

function only<K extends string>(search: Record<string, unknown>, names: readonly K[]): { [P in K]?: string } {
  const found: { [P in K]?: string } = {};
  for (const name of names) {
    const value = text(search[name]);
    if (value !== undefined) found[name] = value;
  }
  return found;
}

const root = createRootRoute({ component: Root, notFoundComponent: NotFound });
const under = <P extends string>(path: P) => ({ getParentRoute: () => root, path }) as const;

const home = createRoute({
  ...under("/"),
  beforeLoad: () => {
    throw redirect({ to: "/products", replace: true });
  },
});
const products = createRoute({
  ...under("/products"),
  component: ProductsRoute,
  validateSearch: (search): ProductsSearch => only(search, ["q", "details"]),
});
const install = createRoute({
  ...under("/products/$product/install"),
  component: InstallRoute,
  validateSearch: (search): InstallSearch =>
    only(search, ["job", "version", "language", "from", "take_over"]),
});
const download = createRoute({
  ...under("/products/$product/download"),
  component: DownloadRoute,
  validateSearch: (search): DownloadSearch => only(search, ["job"]),
});
const files = createRoute({
  ...under("/products/$product/files"),
  component: FilesRoute,
  validateSearch: (search): FilesSearch => only(search, ["version", "platform", "language"]),
});
const manage = createRoute({ ...under("/products/$product"), component: ManageRoute });
const licence = createRoute({ ...under("/products/$product/licence"), component: LicenceRoute });
const jobs = createRoute({ ...under("/jobs"), component: JobsRoute });
const devices = createRoute({ ...under("/devices"), component: DevicesRoute });
const device = createRoute({ ...under("/devices/$device"), component: DeviceRoute });
const offline = createRoute({ ...under("/offline"), component: OfflineRoute });
const contracts = createRoute({ ...under("/contracts"), component: ContractsRoute });
const groups = createRoute({
  ...under("/groups"),
  component: GroupsRoute,
  validateSearch: (search): GroupsSearch => only(search, ["contract", "group", "product"]),
});
const readiness = createRoute({ ...under("/readiness"), component: ReadinessRoute });
const newCheck = createRoute({ ...under("/readiness/new"), component: NewCheckRoute });
const check = createRoute({
  ...under("/readiness/$check"),
  component: CheckRoute,
  validateSearch: (search): CheckSearch =>
    only(search, ["tab", "state", "change", "product", "rule", "name", "machine"]),
});
const ofContract = (search: Record<string, unknown>): PoliciesSearch => only(search, ["contract"]);
const policies = createRoute({
  ...under("/policies"),
  component: PoliciesRoute,
  validateSearch: ofContract,
});
const newPolicy = createRoute({
  ...under("/policies/new"),
  component: NewPolicyRoute,
  validateSearch: ofContract,
});
const policy = createRoute({
  ...under("/policies/$policy"),
  component: PolicyRoute,
  validateSearch: ofContract,
});
const profile = createRoute({ ...under("/profile"), component: ProfileRoute });
const appearance = createRoute({ ...under("/profile/appearance"), component: AppearanceRoute });
const security = createRoute({ ...under("/security"), component: SecurityRoute });
const support = createRoute({ ...under("/support"), component: SupportRoute });
const connection = createRoute({ ...under("/support/connection"), component: ConnectionRoute });
const about = createRoute({ ...under("/support/about"), component: AboutRoute });

const tree = root.addChildren([
  home,
  products,
  manage,
  install,
  download,
  files,
  licence,
  jobs,
  devices,
  device,
  offline,
  contracts,
  groups,
  readiness,
  newCheck,
  check,
  policies,
  newPolicy,
  policy,
  profile,
  appearance,
  security,
  support,
  connection,
  about,
]);

/** The addresses of all pages. */
export function createPages(history?: RouterHistory) {
  return createRouter({
    routeTree: tree,
    defaultErrorComponent: Broken,
    defaultPreload: false,
    scrollRestoration: false,
    ...(history ? { history } : {}),
  });
}

declare module "@tanstack/react-router" {
  interface Register {
    router: ReturnType<typeof createPages>;
  }
}
