import classes from "./ProductIcon.module.css";

const paints = ["teal", "copper", "slate", "moss", "plum", "ochre"] as const;

function paintOf(id: string): (typeof paints)[number] {
  let sum = 0;
  for (const letter of id) sum = (sum * 31 + letter.charCodeAt(0)) % 9973;
  return paints[sum % paints.length] ?? "teal";
}

function initials(name: string): string {
  const [first = "", second = ""] = name.split(/[\s-]+/);
  return (second ? first.slice(0, 1) + second.slice(0, 1) : first.slice(0, 2)).toUpperCase();
}

/** A product's icon: its initials on a colour that always is the same for it. */
export function ProductIcon({ id, name, size = 44 }: { id: string; name: string; size?: number }) {
  return (
    <span
      className={classes.icon}
      data-paint={paintOf(id)}
      style={{ width: size, height: size, fontSize: size * 0.36 }}
      aria-hidden="true"
    >
      {initials(name)}
    </span>
  );
}
