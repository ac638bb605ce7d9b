const NAVIGATEURS: readonly [RegExp, string][] = [
  [/\bEdg(?:A|iOS)?\//, 'Edge'],
  [/\b(?:Firefox|FxiOS)\//, 'Firefox'],
  [/\bOPR\//, 'Opera'],
  [/\bSamsungBrowser\//, 'Samsung Internet'],
  [/\b(?:Chrome|CriOS|HeadlessChrome)\//, 'Chrome'],
  [/\bSafari\//, 'Safari'],
]
const SYSTEMES: readonly [RegExp, string][] = [
  [/\biPhone\b/, 'iPhone'],
  [/\biPad\b/, 'iPad'],
  [/\bAndroid\b/, 'Android'],
  [/\bWindows\b/, 'Windows'],
  [/\bMac OS X\b/, 'Mac'],
  [/\bLinux\b/, 'Linux'],
]

/** « Firefox sur Windows », from what a browser says of itself. What is not recognised is shown as it came. */
export function nommerAppareil(agent: string): string {
  const navigateur = NAVIGATEURS.find(([forme]) => forme.test(agent))?.[1]
  const systeme = SYSTEMES.find(([forme]) => forme.test(agent))?.[1]
  if (navigateur && systeme) return `${navigateur} sur ${systeme}`
  return navigateur ?? systeme ?? (agent.trim() === '' ? 'Appareil inconnu' : agent.slice(0, 60))
}
