import { useMemo } from 'react'
import { type Colonne, formatInstant, formatJour, Page, Tableau, useApi } from '#ui'
import { listerMembres } from '../../droits/contract.ts'

type Ligne = { code: string; libelle: string }
const VIAS: Record<string, string> = {
  portefeuille: 'agence, portefeuille',
  supervision: 'agence, supervision',
  soutien: 'agence, dépannage',
}

/** One line for each right, one column for each person who enters today, the agency's included. It exports as it is. */
export default function Matrice() {
  const q = useApi(listerMembres)
  const colonnes = useMemo((): readonly Colonne<Ligne>[] => {
    const personnes = [
      ...(q.data?.membres ?? [])
        .filter((m) => m.droits.length > 0)
        .map((m) => ({ cle: m.personneId, nom: m.nom, droits: m.droits })),
      ...(q.data?.exterieurs ?? []).map((e, i) => ({
        cle: `exterieur-${i}`,
        nom: `${e.nom} (${VIAS[e.via] ?? e.via}${e.fin ? `, jusqu’au ${e.fin.includes('T') ? formatInstant(e.fin) : formatJour(e.fin)}` : ''})`,
        droits: e.droits,
      })),
    ]
    return [
      { cle: 'droit', titre: 'Droit', valeur: (l) => l.libelle },
      ...personnes.map(
        (p): Colonne<Ligne> => ({
          cle: p.cle,
          titre: p.nom,
          valeur: (l) => (p.droits.includes(l.code) ? 'Oui' : ''),
          rendu: (l) => (p.droits.includes(l.code) ? 'Oui' : <span className="bq-discret">–</span>),
        }),
      ),
    ]
  }, [q.data])
  return (
    <Page
      titre="Qui peut faire quoi"
      fil={[{ libelle: 'Accès', vers: '/acces' }]}
      sousTitre="Aujourd’hui, dans cet organisme : ses membres, puis les personnes de l’agence."
    >
      <Tableau
        nom="Qui peut faire quoi"
        lignes={q.data?.droits}
        cle={(l) => l.code}
        colonnes={colonnes}
        erreur={q.data ? null : q.error}
        vide="Aucun droit."
      />
    </Page>
  )
}
