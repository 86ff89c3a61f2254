import { useState } from "react";
import { Radio, Stack } from "@mantine/core";

interface WaysProps<W extends string> {
  label: string;
  ways: readonly { readonly way: W; readonly label: string; readonly testId: string }[];
  chosen: W;
  onChosen: (way: W) => void;
}

/** A few ways, one of them chosen: a question begins at the one that stands chosen, not at the way out. */
export function Ways<W extends string>({ label, ways, chosen, onChosen }: WaysProps<W>) {
  const [first] = useState(chosen);
  const choose = (value: string) => {
    const found = ways.find(({ way }) => way === value);
    if (found) onChosen(found.way);
  };
  return (
    <Radio.Group label={label} value={chosen} onChange={choose}>
      <Stack gap="xs" mt="xs">
        {ways.map((one) => (
          <Radio
            key={one.way}
            value={one.way}
            label={one.label}
            {...(one.way === first ? { "data-autofocus": true } : {})}
            data-testid={one.testId}
          />
        ))}
      </Stack>
    </Radio.Group>
  );
}
