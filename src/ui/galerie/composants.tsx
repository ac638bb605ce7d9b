import { MantineProvider } from '@mantine/core'
export default function Composants() {
  return <MantineProvider>x</MantineProvider>
}
