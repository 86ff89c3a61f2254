import { useTranslation } from "react-i18next";
import { useActiveJob } from "@/api/feed";
import type { OfferView } from "@/api/native.gen";
import { useOffer } from "@/api/offers";
import { EndDate } from "@/components/EndDate";
import { ProductIcon } from "@/components/ProductIcon";
import { Tag } from "@/components/Tag";
import { compareVersions } from "@/lib/versions";
import { TileAction } from "./TileAction";
import { TileMenu } from "./TileMenu";
import type { TileSubject } from "./tile";
import classes from "./ProductTile.module.css";

/** One product: what it is, on what grounds, whether it will run, and the one thing to do next. */
export function ProductTile({ subject, onDetails }: { subject: TileSubject; onDetails: () => void }) {
  const { t } = useTranslation();
  const job = useActiveJob(subject.product);
  const { entitlement, installed } = subject;
  const offer = useOffer(subject.product);
  const newer = offer ? offer.update : newerVersion(subject);
  return (
    <article
      className={classes.tile}
      data-testid={`product-tile-${subject.product}`}
      aria-labelledby={`tile-${subject.product}`}
    >
      <header className={classes.head}>
        <ProductIcon id={subject.product} name={subject.name} />
        <div className={classes.names}>
          <h2 id={`tile-${subject.product}`} className={classes.name}>
            {subject.name}
          </h2>
          <p className={classes.publisher}>{subject.publisher}</p>
        </div>
        <TileMenu subject={subject} onDetails={onDetails} />
      </header>
      {subject.summary ? <p className={classes.summary}>{subject.summary}</p> : null}
      <p className={classes.tags}>
        {installed ? (
          <Tag tone="ok">{t("products.installedVersion", { version: installed.version })}</Tag>
        ) : null}
        {isWithdrawn(offer) ? <Tag tone="bad">{t("withdrawn.tag")}</Tag> : null}
        {newer ? <Tag tone="ink">{t("products.newer", { version: newer })}</Tag> : null}
        {!installed && entitlement ? (
          <Tag>
            {entitlement.version
              ? t("products.release", { version: entitlement.version })
              : t("products.noRelease")}
          </Tag>
        ) : null}
      </p>
      {entitlement ? <Grounds entitlement={entitlement} /> : null}
      <div className={classes.foot}>
        <TileAction subject={subject} job={job} newer={newer} />
      </div>
    </article>
  );
}

function isWithdrawn(offer: OfferView | undefined): boolean {
  return offer !== undefined && offer.withdrawn !== null;
}

/** The recommended version, if it is newer than what is installed: where it is not known what is offered to this computer. */
function newerVersion({ entitlement, installed }: TileSubject): string | null {
  if (!entitlement?.version || !installed) return null;
  return compareVersions(entitlement.version, installed.version) > 0 ? entitlement.version : null;
}

/** On what grounds the person has the product: seat, contract, end. Seats and support level are for admins. */
function Grounds({ entitlement }: { entitlement: NonNullable<TileSubject["entitlement"]> }) {
  const { t } = useTranslation();
  const { seats, support } = entitlement;
  return (
    <ul className={classes.grounds}>
      <li data-warn={!entitlement.seat_assigned || undefined}>
        {t(entitlement.seat_assigned ? "products.seatYes" : "products.seatNo")}
      </li>
      {seats ? <li>{t("products.seatsUsed", { ...seats })}</li> : null}
      <li>
        {t("products.contract", { number: entitlement.contract_number })}
        {support ? ` · ${t(`common.supportLevel.${support}`)}` : ""}
      </li>
      <li>
        <EndDate at={entitlement.ends_at} />
      </li>
    </ul>
  );
}
