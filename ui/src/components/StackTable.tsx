import { Table } from "@mantine/core";
import type { ReactNode } from "react";
import { Panel } from "./Panel";
import classes from "./StackTable.module.css";

/** A column of a table. */
export interface Column<T> {
  readonly label: string;
  readonly cell: (row: T) => ReactNode;
  /** Numbers stand at the right. */
  readonly numeric?: boolean;
}

interface StackTableProps<T> {
  /** What the table is about, for those who cannot see it. */
  caption: string;
  columns: readonly Column<T>[];
  rows: readonly T[];
  keyOf: (row: T) => string;
  /** Marks a row. */
  marked?: (row: T) => boolean;
  /** Without a surface of its own. */
  bare?: boolean;
  compact?: boolean;
}

/** A table that becomes a list of blocks where there is no room for columns. */
export function StackTable<T>({
  caption,
  columns,
  rows,
  keyOf,
  marked,
  bare = false,
  compact = false,
}: StackTableProps<T>) {
  const table = (
    <Table
      className={classes.table}
      data-compact={compact || undefined}
      verticalSpacing={compact ? "xs" : "sm"}
      horizontalSpacing={compact ? "xs" : "lg"}
    >
      <caption className={classes.caption}>{caption}</caption>
      <Table.Thead>
        <Table.Tr>
          {columns.map(({ label, numeric }) => (
            <Table.Th key={label} scope="col" data-numeric={numeric || undefined}>
              {label}
            </Table.Th>
          ))}
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {rows.map((row) => (
          <Table.Tr key={keyOf(row)} data-marked={marked?.(row) || undefined}>
            {columns.map(({ label, cell, numeric }) => (
              <Table.Td key={label} data-label={label} data-numeric={numeric || undefined}>
                <div>{cell(row)}</div>
              </Table.Td>
            ))}
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
  return bare ? table : <Panel flush>{table}</Panel>;
}
