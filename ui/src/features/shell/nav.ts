import {
  Activity,
  Boxes,
  CalendarClock,
  CircleHelp,
  ClipboardCheck,
  Download,
  FileText,
  Info,
  Laptop,
  Palette,
  QrCode,
  ShieldCheck,
  UserRound,
  UsersRound,
} from "lucide-react";
import type { LucideIcon } from "lucide-react";
import type { Me } from "@/api/types";
import type { TextKey } from "@/lib/i18n/keys";

/** The three parts of the top navigation (S-43). */
export type Section = "profile" | "management" | "support";

/** A destination of the left navigation. */
export interface Destination {
  readonly to:
    | "/products"
    | "/jobs"
    | "/devices"
    | "/offline"
    | "/contracts"
    | "/groups"
    | "/readiness"
    | "/policies"
    | "/profile"
    | "/profile/appearance"
    | "/security"
    | "/support"
    | "/support/connection"
    | "/support/about";
  readonly label: TextKey;
  readonly icon: LucideIcon;
  readonly testId: string;
  /** Whether only this very address counts as being there. */
  readonly exact?: boolean;
  /** The row of the permission table that shows it; without one everybody sees it. */
  readonly row?: string;
  /** Only where the pages run in the window. */
  readonly windowOnly?: boolean;
}

/** Where each part of the top navigation leads. */
export const sections = [
  { section: "profile", to: "/profile", label: "shell.profile" },
  { section: "management", to: "/products", label: "shell.management" },
  { section: "support", to: "/support", label: "shell.support" },
] as const satisfies readonly { section: Section; to: string; label: TextKey }[];

/** The left navigation of each part; only what exists (S-44). */
export const destinations: Record<Section, readonly Destination[]> = {
  profile: [
    { to: "/profile", label: "shell.personal", icon: UserRound, testId: "nav-personal", exact: true },
    { to: "/security", label: "shell.security", icon: ShieldCheck, testId: "nav-security" },
    { to: "/profile/appearance", label: "shell.appearance", icon: Palette, testId: "nav-appearance" },
  ],
  management: [
    { to: "/products", label: "shell.products", icon: Boxes, testId: "nav-products" },
    { to: "/jobs", label: "shell.jobs", icon: Download, testId: "nav-jobs", windowOnly: true },
    { to: "/devices", label: "shell.devices", icon: Laptop, testId: "nav-devices" },
    { to: "/offline", label: "shell.offline", icon: QrCode, testId: "nav-offline" },
    { to: "/contracts", label: "shell.contracts", icon: FileText, testId: "nav-contracts", row: "R8" },
    { to: "/groups", label: "shell.groups", icon: UsersRound, testId: "nav-groups", row: "R8" },
    { to: "/readiness", label: "shell.readiness", icon: ClipboardCheck, testId: "nav-readiness", row: "R8" },
    { to: "/policies", label: "shell.policies", icon: CalendarClock, testId: "nav-policies", row: "R8" },
  ],
  support: [
    { to: "/support", label: "shell.help", icon: CircleHelp, testId: "nav-help", exact: true },
    {
      to: "/support/connection",
      label: "shell.connection",
      icon: Activity,
      testId: "nav-connection",
      windowOnly: true,
    },
    { to: "/support/about", label: "shell.about", icon: Info, testId: "nav-about" },
  ],
};

/** Which part an address belongs to. */
export function sectionOf(path: string): Section {
  if (path.startsWith("/profile") || path.startsWith("/security")) return "profile";
  return path.startsWith("/support") ? "support" : "management";
}

/** What a person sees of a part. */
export function visible(section: Section, me: Me | null, inWindow: boolean): Destination[] {
  return destinations[section].filter(
    ({ row, windowOnly }) => (!windowOnly || inWindow) && (!row || (me?.permitted.includes(row) ?? false)),
  );
}
