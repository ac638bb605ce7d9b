import { useState } from 'react'
import {
  adresse,
  Bouton,
  ChampChoix,
  type Colonne,
  compter,
  DepotFichiers,
  Encart,
  Etat,
  envoyerFichier,
  formatMontant,
  signaler,
  Tableau,
  telecharger,
  useInvalidation,
} from '#ui'
import { listerTiers } from '../../../execution/http/tiers/contract.ts'
import { ChampFonction } from '../../../execution/ui/champ-fonction.tsx'
import { type EssaiImport, importerRole, lireModeleRole, lireRole, listerRoles } from '../http/contract.ts'
import { useArticles } from './commun.tsx'
import type { RoleLu } from './role.tsx'

const colonnes: readonly Colonne<EssaiImport['articles'][number]>[] = [
  { cle: 'ligne', titre: 'Ligne', valeur: (a) => a.ligne, genre: 'nombre' },
  { cle: 'nom', titre: 'Débiteur', valeur: (a) => a.nom },
  {
    cle: 'nouveau',
    titre: 'Tiers',
    valeur: (a) => (a.nouveau ? 'À créer' : 'Connu'),
    rendu: (a) => (a.nouveau ? <Etat etat="enAttente">À créer</Etat> : <span className="bq-discret">Connu</span>),
    filtre: 'choix',
  },
  { cle: 'lignes', titre: 'Lignes', valeur: (a) => a.lignes, genre: 'nombre' },
  { cle: 'ttc', titre: 'Montant', valeur: (a) => a.ttc, genre: 'montant' },
]

/** A spreadsheet is tried first: what it would make, and its faults with their line; then all of it or nothing. */
export function Importer({ role: r, onFermer }: { role: RoleLu; onFermer: () => void }) {
  const { articles } = useArticles(r, 'R')
  const invalider = useInvalidation()
  const [nature, setNature] = useState(r.articles.at(-1)?.lignes[0]?.nature ?? '')
  const [fonction, setFonction] = useState(r.articles.at(-1)?.lignes[0]?.fonction ?? '')
  const [fichier, setFichier] = useState<File>()
  const [essai, setEssai] = useState<EssaiImport>()
  const [refus, setRefus] = useState<string>()
  const url = adresse(importerRole, { params: { role: r.id as never } })
  const bloquantes = essai?.anomalies.filter((a) => a.bloquante).length ?? 0
  const essayer = async (f: File, champs: { nature: string; fonction: string }) =>
    setEssai((await envoyerFichier(url, f, { champs })) as EssaiImport)
  const importer = async () => {
    setRefus(undefined)
    try {
      const fait = (await envoyerFichier(url, fichier!, {
        champs: { nature, fonction, appliquer: 'oui' },
      })) as EssaiImport
      await invalider([lireRole, listerRoles, listerTiers])
      signaler(`${compter(fait.articles.length, 'débiteur')} dans le rôle.`)
      onFermer()
    } catch (e) {
      setRefus((e as Error).message)
    }
  }
  return (
    <section className="bq-pile" aria-label="Import d’un tableur">
      <p>
        Un tableur .xlsx ou .csv, les titres sur la première ligne : Nom, Prénom, Adresse, Code postal, Ville, Libellé,
        Montant. Les lignes d’un même débiteur se regroupent.{' '}
        <Bouton variante="discret" onClick={() => telecharger(adresse(lireModeleRole), 'modele-de-role.csv')}>
          Télécharger un modèle
        </Bouton>
      </p>
      <ChampChoix
        libelle="Article, quand le tableur ne le dit pas"
        valeur={nature}
        onValeur={(n) => {
          setNature(n)
          if (fichier) void essayer(fichier, { nature: n, fonction })
        }}
        choix={articles}
      />
      <ChampFonction
        de={r}
        valeur={fonction}
        onValeur={(f) => {
          setFonction(f)
          if (fichier) void essayer(fichier, { nature, fonction: f })
        }}
      />
      <DepotFichiers
        libelle="Choisir le tableur"
        formats=".csv,.xlsx"
        envoyer={(f, suivi) => envoyerFichier(url, f, { ...suivi, champs: { nature, fonction } })}
        onRecu={(f, reponse) => {
          setFichier(f)
          setEssai(reponse as EssaiImport)
        }}
      />
      {essai && essai.anomalies.length > 0 && (
        <Encart
          etat={bloquantes > 0 ? 'bloquant' : 'attention'}
          titre={bloquantes > 0 ? 'À corriger dans le tableur, puis à déposer à nouveau' : 'À vérifier'}
        >
          <ul className="fin-anomalies">
            {essai.anomalies.slice(0, 30).map((a) => (
              <li key={`${a.lieu}${a.code}${a.message}`}>
                {a.lieu && <strong>{a.lieu.charAt(0).toUpperCase() + a.lieu.slice(1)} : </strong>}
                {a.message}
              </li>
            ))}
          </ul>
          {essai.anomalies.length > 30 && <p>Et {essai.anomalies.length - 30} autres.</p>}
        </Encart>
      )}
      {essai && (
        <Tableau
          nom="Essai de l’import"
          lignes={essai.articles}
          cle={(a) => String(a.ligne)}
          colonnes={colonnes}
          vide="Aucun débiteur lu dans ce tableur."
        />
      )}
      {refus && <Encart etat="bloquant">{refus}</Encart>}
      <div className="bq-rangee">
        {essai && bloquantes === 0 && essai.articles.length > 0 && (
          <Bouton variante="principal" onClick={importer}>
            Importer {compter(essai.articles.length, 'débiteur')}, {formatMontant(essai.total)}
          </Bouton>
        )}
        <Bouton onClick={onFermer}>Fermer</Bouton>
      </div>
    </section>
  )
}
