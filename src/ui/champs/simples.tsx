import { Checkbox, MultiSelect, PasswordInput, Radio, Select, Switch, Textarea, TextInput } from '@mantine/core'
import { communs, type ProprietesChamp, useChamp } from './contexte.ts'

type Texte = ProprietesChamp & { autoComplete?: string; type?: 'text' | 'email' | 'tel' | 'url'; indication?: string }

export function ChampTexte({ autoComplete = 'off', type = 'text', indication, ...p }: Texte) {
  const { valeur, changer, erreur } = useChamp<string>(p, '')
  return (
    <TextInput
      {...communs(p)}
      type={type}
      autoComplete={autoComplete}
      {...(indication ? { placeholder: indication } : {})}
      value={valeur}
      error={erreur}
      onChange={(e) => changer(e.currentTarget.value)}
    />
  )
}

export function ChampTexteLong({ lignes = 3, ...p }: ProprietesChamp & { lignes?: number }) {
  const { valeur, changer, erreur } = useChamp<string>(p, '')
  return (
    <Textarea
      {...communs(p)}
      autosize
      minRows={lignes}
      value={valeur}
      error={erreur}
      onChange={(e) => changer(e.currentTarget.value)}
    />
  )
}

export function ChampMotDePasse({
  autoComplete = 'current-password',
  ...p
}: ProprietesChamp & { autoComplete?: 'current-password' | 'new-password' }) {
  const { valeur, changer, erreur } = useChamp<string>(p, '')
  return (
    <PasswordInput
      {...communs(p)}
      autoComplete={autoComplete}
      value={valeur}
      error={erreur}
      onChange={(e) => changer(e.currentTarget.value)}
      visibilityToggleButtonProps={{ 'aria-label': 'Montrer ou cacher le mot de passe', tabIndex: 0 }}
    />
  )
}

export type Choix = { valeur: string; libelle: string; desactive?: boolean }
const donnees = (choix: readonly Choix[]) =>
  choix.map((c) => ({ value: c.valeur, label: c.libelle, disabled: c.desactive ?? false }))

/** One among a list; above eight it can be searched by typing. */
export function ChampChoix({
  choix,
  effacable,
  ...p
}: ProprietesChamp & { choix: readonly Choix[]; effacable?: boolean }) {
  const { valeur, changer, erreur } = useChamp<string>(p, '')
  return (
    <Select
      {...communs(p)}
      data={donnees(choix)}
      value={valeur === '' ? null : valeur}
      error={erreur}
      onChange={(v) => changer(v ?? '')}
      searchable={choix.length > 8}
      allowDeselect={false}
      clearable={effacable ?? !p.requis}
      clearButtonProps={{ 'aria-label': `Effacer : ${p.libelle}` }}
      nothingFoundMessage="Aucun choix ne correspond."
      placeholder="Choisir"
      // Arriving by the keyboard must not cover what is around: typing, the down arrow or a click opens.
      openOnFocus={false}
      checkIconPosition="right"
    />
  )
}

/** One among two to four, all in sight. */
export function ChampOptions({ choix, ...p }: ProprietesChamp & { choix: readonly Choix[] }) {
  const { valeur, changer, erreur } = useChamp<string>(p, '')
  const { name, label, description, required } = { name: undefined, description: undefined, ...communs(p) }
  return (
    <Radio.Group
      label={label}
      {...(description ? { description } : {})}
      {...(name ? { name } : {})}
      required={required}
      value={valeur}
      error={erreur}
      onChange={changer}
    >
      <div className="bq-options">
        {choix.map((c) => (
          <Radio key={c.valeur} value={c.valeur} label={c.libelle} disabled={c.desactive || p.desactive || false} />
        ))}
      </div>
    </Radio.Group>
  )
}

export function ChampChoixMultiple({ choix, ...p }: ProprietesChamp<string[]> & { choix: readonly Choix[] }) {
  const { valeur, changer, erreur } = useChamp<string[]>(p, [])
  return (
    <MultiSelect
      {...communs(p)}
      data={donnees(choix)}
      value={valeur}
      error={erreur}
      onChange={changer}
      searchable
      nothingFoundMessage="Aucun choix ne correspond."
      placeholder={valeur.length === 0 ? 'Choisir' : ''}
      openOnFocus={false}
    />
  )
}

export function ChampCase(p: ProprietesChamp<boolean>) {
  const { valeur, changer, erreur } = useChamp<boolean>(p, false)
  return <Checkbox {...communs(p)} checked={valeur} error={erreur} onChange={(e) => changer(e.currentTarget.checked)} />
}

/** A setting that takes effect at once, unlike a box of a form. */
export function Interrupteur(p: ProprietesChamp<boolean>) {
  const { valeur, changer, erreur } = useChamp<boolean>(p, false)
  return <Switch {...communs(p)} checked={valeur} error={erreur} onChange={(e) => changer(e.currentTarget.checked)} />
}
