import { Table } from "@mantine/core";
import type { ReactNode } from "react";
import { Panel } from "./Panel";
import classes from "./StackTable.module.css";

/** A column of a table. */
export interface Column<T> {
  readonly label: string;
  readonly cell: (row: T) => ReactNode;
}

interface StackTableProps<T> {
  /** What the table is about, for those who cannot see it. */
  caption: string;
  columns: readonly Column<T>[];
  rows: readonly T[];
  keyOf: (row: T) => string;
  /** Marks a row. */
  marked?: (row: T) => boolean;
  bare?: boolean;
}

/** A table that becomes a list of blocks where there is no room for columns. */
export function StackTable<T>({ caption, columns, rows, keyOf, marked, bare = false }: StackTableProps<T>) {
  const table = (
    <Table className={classes.table} verticalSpacing="sm" horizontalSpacing="lg">
      <caption className={classes.caption}>{caption}</caption>
      <Table.Thead>
        <Table.Tr>
          {columns.map(({ label }) => (
            <Table.Th key={label} scope="col">
              {label}
            </Table.Th>
          ))}
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {rows.map((row) => (
          <Table.Tr key={keyOf(row)} data-marked={marked?.(row) || undefined}>
            {columns.map(({ label, cell }) => (
              <Table.Td key={label} data-label={label}>
                {cell(row)}
              </Table.Td>
            ))}
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
  return bare ? table : <Panel flush>{table}</Panel>;
}
