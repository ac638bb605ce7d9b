import { Checkbox, Menu, Popover, Select, TextInput } from '@mantine/core'
import { IconColumns, IconDownload, IconFilterOff, IconPrinter, IconSearch } from '@tabler/icons-react'
import { useEffect, useRef, useState } from 'react'
import { BoutonIcone } from '../composants/bouton.tsx'
import { compter } from '../format/nombre.ts'
import { type Colonne, comparer, enTexte } from './colonnes.ts'
import type { EtatTableau } from './etat.ts'

/** Search, filters, columns, exports and print of a table. */
export function BarreTableau<L>({
  nom,
  etat,
  colonnes,
  lignes,
  nombre,
  visibles,
  onVisibles,
  onCsv,
  onXlsx,
  onImprimer,
  recherche,
}: {
  nom: string
  etat: EtatTableau
  colonnes: readonly Colonne<L>[]
  /** Before the filters, for the values that they offer. */
  lignes: readonly L[]
  nombre: number
  visibles: ReadonlySet<string>
  onVisibles: (cle: string, visible: boolean) => void
  onCsv: () => void
  onXlsx: () => void
  onImprimer: () => void
  recherche: boolean
}) {
  const filtrables = colonnes.filter((c) => c.filtre !== undefined && visibles.has(c.cle))
  const filtre = etat.recherche !== '' || Object.keys(etat.filtres).length > 0
  return (
    <search className="bq-barre" aria-label={`Rechercher et filtrer : ${nom}`}>
      {recherche && (
        <ChampRetarde
          libelle={`Rechercher dans ${nom}`}
          valeur={etat.recherche}
          onValeur={(v) => etat.changer({ recherche: v })}
          indication="Rechercher"
        />
      )}
      {filtrables.map((c) =>
        c.filtre === 'texte' ? (
          <ChampRetarde
            key={c.cle}
            libelle={`Filtrer : ${c.titre}`}
            indication={c.titre}
            valeur={etat.filtres[c.cle] ?? ''}
            onValeur={(v) => etat.changer({ filtre: [c.cle, v] })}
          />
        ) : (
          <Select
            key={c.cle}
            className="bq-barre-filtre"
            aria-label={`Filtrer : ${c.titre}`}
            placeholder={c.titre}
            data={choixDe(c, lignes)}
            value={etat.filtres[c.cle] ?? null}
            onChange={(v) => etat.changer({ filtre: [c.cle, v ?? ''] })}
            clearable
            clearButtonProps={{ 'aria-label': `Ne plus filtrer : ${c.titre}` }}
            searchable
            nothingFoundMessage="Aucune valeur"
          />
        ),
      )}
      {filtre && (
        <BoutonIcone icone={IconFilterOff} libelle="Effacer la recherche et les filtres" onClick={etat.effacer} />
      )}
      <span className="bq-barre-nombre bq-chiffres" role="status">
        {compter(nombre, 'ligne', 'lignes', 'aucune ligne')}
      </span>
      <Popover position="bottom-end" withinPortal trapFocus>
        <Popover.Target>
          <BoutonIcone icone={IconColumns} libelle="Choisir les colonnes" />
        </Popover.Target>
        <Popover.Dropdown aria-label="Colonnes affichées">
          <div className="bq-pile-serree">
            {colonnes.map((c, i) => (
              <Checkbox
                key={c.cle}
                label={c.titre}
                checked={visibles.has(c.cle)}
                // The first column names the row: without it the others say nothing.
                disabled={i === 0}
                onChange={(e) => onVisibles(c.cle, e.currentTarget.checked)}
              />
            ))}
          </div>
        </Popover.Dropdown>
      </Popover>
      <Menu position="bottom-end">
        <Menu.Target>
          <BoutonIcone icone={IconDownload} libelle="Exporter" />
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={onXlsx}>Classeur (.xlsx)</Menu.Item>
          <Menu.Item onClick={onCsv}>Texte à point-virgule (.csv)</Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <BoutonIcone icone={IconPrinter} libelle="Imprimer" onClick={onImprimer} />
    </search>
  )
}

function choixDe<L>(c: Colonne<L>, lignes: readonly L[]) {
  if (Array.isArray(c.filtre)) return c.filtre.map((x) => ({ value: x.valeur, label: x.libelle }))
  const valeurs = new Map(lignes.map((l) => [String(c.valeur(l) ?? ''), c.valeur(l)]))
  valeurs.delete('')
  return [...valeurs]
    .sort((a, b) => comparer(a[1], b[1], c.genre))
    .map(([value, v]) => ({ value, label: enTexte(v, c.genre, c.decimales) }))
}

/** Waits for a short pause in the typing before the table follows. */
function ChampRetarde({
  libelle,
  indication,
  valeur,
  onValeur,
}: {
  libelle: string
  indication: string
  valeur: string
  onValeur: (v: string) => void
}) {
  const [texte, setTexte] = useState(valeur)
  const envoyer = useRef(onValeur)
  envoyer.current = onValeur
  useEffect(() => setTexte(valeur), [valeur])
  useEffect(() => {
    if (texte === valeur) return
    const t = setTimeout(() => envoyer.current(texte), 200)
    return () => clearTimeout(t)
  }, [texte, valeur])
  return (
    <TextInput
      className="bq-barre-filtre"
      type="search"
      aria-label={libelle}
      placeholder={indication}
      leftSection={<IconSearch size={18} stroke={1.6} aria-hidden="true" />}
      value={texte}
      onChange={(e) => setTexte(e.currentTarget.value)}
    />
  )
}
