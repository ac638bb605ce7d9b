import { ChampOptions, type Colonne, Page, Tableau, useApi, useRecherche } from '#ui'
import { lireGrandLivre } from '../http/tableau/contract.ts'
import { type Cadre, SansCadre, useCadre } from './commun.tsx'

type Livre = (typeof lireGrandLivre)['reply']['_output']
const balance: readonly Colonne<Livre['balance'][number]>[] = [
  { cle: 'compte', titre: 'Compte', valeur: (b) => b.compte },
  { cle: 'libelle', titre: 'Libellé', valeur: (b) => b.libelle },
  { cle: 'debit', titre: 'Débit', valeur: (b) => b.debit, genre: 'montant', total: (l) => somme(l, 'debit') },
  { cle: 'credit', titre: 'Crédit', valeur: (b) => b.credit, genre: 'montant', total: (l) => somme(l, 'credit') },
  { cle: 'solde', titre: 'Solde', valeur: (b) => b.solde, genre: 'ecart' },
]
const lignes: readonly Colonne<Livre['lignes'][number]>[] = [
  { cle: 'le', titre: 'Le', valeur: (l) => l.le, genre: 'jour' },
  { cle: 'piece', titre: 'Pièce', valeur: (l) => `${l.sens === 'D' ? 'Mandat' : 'Titre'} ${l.numero}` },
  { cle: 'compte', titre: 'Compte', valeur: (l) => l.compte },
  { cle: 'libelle', titre: 'Libellé', valeur: (l) => l.libelle },
  { cle: 'tiers', titre: 'Tiers', valeur: (l) => l.tiers },
  {
    cle: 'debit',
    titre: 'Débit',
    valeur: (l) => (Number(l.debit) > 0 ? l.debit : null),
    genre: 'montant',
    total: (l) => somme(l, 'debit'),
  },
  {
    cle: 'credit',
    titre: 'Crédit',
    valeur: (l) => (Number(l.credit) > 0 ? l.credit : null),
    genre: 'montant',
    total: (l) => somme(l, 'credit'),
  },
  { cle: 'contrepartie', titre: 'Contrepartie', valeur: (l) => l.contrepartie, masquee: true },
]
const somme = <C extends string>(rows: readonly Record<C, string>[], champ: C) =>
  (Number(rows.reduce((s, l) => s + BigInt(Math.round(Number(l[champ]) * 100)), 0n)) / 100).toFixed(2)

/** The balance of the accounts; one of them, or a journal, line by line. */
export default function GrandLivre() {
  const { cadre, choix, erreur } = useCadre()
  return (
    <Page titre="Grand livre" actions={choix}>
      {cadre ? <Livre cadre={cadre} /> : <SansCadre erreur={erreur} />}
    </Page>
  )
}

function Livre({ cadre }: { cadre: Cadre }) {
  const [r, setR] = useRecherche()
  const lu = useApi(lireGrandLivre, {
    query: {
      budget: cadre.budget as never,
      annee: cadre.annee as never,
      ...(r.compte ? { compte: r.compte } : {}),
      ...(r.journal ? { journal: r.journal as never } : {}),
    },
  })
  const detail = r.compte !== undefined || r.journal !== undefined
  return (
    <div className="bq-pile">
      <ChampOptions
        libelle="Voir"
        valeur={r.journal ?? (r.compte ? 'compte' : 'balance')}
        onValeur={(v) =>
          setR({
            journal: v === 'balance' || v === 'compte' ? undefined : v,
            compte: undefined,
            q: undefined,
            page: undefined,
          })
        }
        choix={[
          { valeur: 'balance', libelle: 'Balance des comptes' },
          { valeur: 'mandats', libelle: 'Journal des mandats' },
          { valeur: 'titres', libelle: 'Journal des titres' },
          ...(r.compte ? [{ valeur: 'compte', libelle: `Compte ${r.compte}` }] : []),
        ]}
      />
      {detail ? (
        <Tableau
          nom={r.compte ? `Compte ${r.compte}` : `Journal ${r.journal}`}
          lignes={lu.data?.lignes}
          cle={(l) => l.cle}
          colonnes={lignes}
          vers={(l) =>
            `/finances/${l.sens === 'D' ? 'mandats' : 'titres'}?budget=${cadre.budget}&annee=${cadre.annee}&piece=${l.pieceId}`
          }
          erreur={lu.data ? null : lu.error}
          vide="Aucune écriture."
        />
      ) : (
        <Tableau
          nom="Balance"
          lignes={lu.data?.balance}
          cle={(b) => b.compte}
          colonnes={balance}
          onOuvrir={(b) => setR({ compte: b.compte, q: undefined })}
          erreur={lu.data ? null : lu.error}
          vide="Aucune écriture sur cet exercice."
        />
      )}
    </div>
  )
}
