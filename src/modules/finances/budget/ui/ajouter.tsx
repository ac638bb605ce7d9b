import { useState } from 'react'
import { Bouton, ChampChoix, ChampMontant, ChampTexte, ChampTexteLong, Encart, signaler, useAction, useApi } from '#ui'
import { ChampFonction } from '../../execution/ui/champ-fonction.tsx'
import { chercherComptes, lireExercice, lireVersion, type Saisie, saisirLignes, type Version } from '../contract.ts'
import type { Cote } from './version.tsx'

const MOUVEMENT = { reel: 'réel', entreSections: 'ordre entre sections', interne: 'ordre interne' } as const

/** Lines pasted from a spreadsheet: article, its function when it has one, and the amount last. */
export function lireCollage(texte: string, sens: 'D' | 'R', fonction = ''): { lignes: Saisie[]; fautes: string[] } {
  const lignes: Saisie[] = []
  const fautes: string[] = []
  for (const ligne of texte.split(/\r?\n/)) {
    if (ligne.trim() === '') continue
    const cellules = ligne.split(/\t|;/).map((c) => c.trim())
    const montant = (cellules.at(-1) ?? '').replace(/[\s\u00a0\u202f€]/g, '').replace(',', '.')
    if (cellules.length >= 2 && /^\d{2,12}$/.test(cellules[0]!) && /^-?\d{1,13}(\.\d{1,2})?$/.test(montant))
      lignes.push({ nature: cellules[0]!, sens, fonction: fonctionOf(cellules) ?? fonction, montant })
    else fautes.push(ligne)
  }
  return { lignes, fautes }
}

const fonctionOf = (cellules: readonly string[]) =>
  cellules.length > 2 && /^\d{1,4}$/.test(cellules[1]!) ? cellules[1] : undefined

export function AjouterLigne({
  version: v,
  cote,
  onAjoutee,
  onFermer,
}: {
  version: Version
  cote: Cote
  onAjoutee: () => void
  onFermer: () => void
}) {
  const [q, setQ] = useState('')
  const [montant, setMontant] = useState('')
  const [service, setService] = useState('')
  const [fonction, setFonction] = useState('')
  const [operation, setOperation] = useState('')
  const [collage, setCollage] = useState('')
  const comptes = useApi(
    chercherComptes,
    { params: { budget: v.budget.id, annee: v.exercice.annee }, query: { q, sens: cote.sens } },
    { actif: q.trim().length > 0 },
  )
  const saisie = useAction(saisirLignes, { invalidates: [lireVersion, lireExercice] })
  const complete = v.edition === 'complete'
  const possibles =
    q.trim() === ''
      ? []
      : (comptes.data?.comptes ?? []).flatMap((c) =>
          c.usages.filter((u) => u.section === cote.section && u.sens === cote.sens).map((u) => ({ ...c, usage: u })),
        )
  const ajouter = (lignes: Saisie[]) =>
    saisie
      .mutateAsync({ params: { vote: v.version.id }, body: { lignes } })
      .then(() => {
        signaler(lignes.length === 1 ? `Article ${lignes[0]!.nature} ajouté.` : `${lignes.length} articles ajoutés.`)
        onAjoutee()
        setQ('')
        setMontant('')
      })
      .catch(() => undefined)
  const colle = lireCollage(collage, cote.sens, fonction)
  return (
    <section className="fin-cote bq-pile" aria-labelledby="ajouter-articles">
      <h2 id="ajouter-articles">Ajouter des articles</h2>
      {saisie.error && <Encart etat="bloquant">{saisie.error.message}</Encart>}
      <div className="fin-ajout">
        <ChampTexte libelle="Article" aide="Numéro ou mots du libellé" valeur={q} onValeur={setQ} largeur="18rem" />
        <ChampMontant
          libelle="Montant"
          aide="Vide : à saisir plus tard"
          valeur={montant}
          onValeur={setMontant}
          largeur="10rem"
        />
        <ChampFonction
          de={{ budgetId: v.budget.id, annee: v.exercice.annee }}
          valeur={fonction}
          onValeur={setFonction}
          largeur="18rem"
        />
        {complete && v.services.length > 0 && (
          <ChampChoix
            libelle="Service"
            choix={v.services.map((s) => ({ valeur: s.code, libelle: s.libelle }))}
            valeur={service}
            onValeur={setService}
            largeur="14rem"
          />
        )}
        {v.operations.length > 0 && cote.section === 'I' && (
          <ChampChoix
            libelle="Opération"
            choix={v.operations.map((o) => ({ valeur: o.code, libelle: `${o.code} ${o.libelle}` }))}
            valeur={operation}
            onValeur={setOperation}
            largeur="16rem"
          />
        )}
      </div>
      {q.trim() !== '' && comptes.data && possibles.length === 0 && (
        <p className="bq-discret">Aucun article de cette partie du budget ne répond à « {q} ».</p>
      )}
      {possibles.length > 0 && (
        <ul className="fin-comptes">
          {possibles.map((c) => (
            <li key={`${c.code}-${c.usage.mouvement}`}>
              <button
                type="button"
                onClick={() =>
                  ajouter([
                    {
                      nature: c.code,
                      sens: cote.sens,
                      mouvement: c.usage.mouvement,
                      montant: montant || '0.00',
                      ...(fonction ? { fonction } : {}),
                      ...(service ? { service } : {}),
                      ...(operation ? { operation } : {}),
                    },
                  ])
                }
              >
                <strong>{c.code}</strong> {c.libelle}{' '}
                <span className="bq-discret">
                  {v.exercice.voteSelon === 'nature' && `chapitre ${c.usage.chapitre}`}
                  {c.usage.mouvement !== 'reel' && `, ${MOUVEMENT[c.usage.mouvement]}`}
                </span>
              </button>
            </li>
          ))}
        </ul>
      )}
      <details>
        <summary>Coller depuis un tableur</summary>
        <ChampTexteLong
          libelle={`Une ligne par article : le numéro d’abord, ${v.exercice.voteSelon === 'fonction' ? 'puis sa fonction, ' : ''}le montant en dernier`}
          lignes={5}
          valeur={collage}
          onValeur={setCollage}
        />
        {colle.fautes.length > 0 && (
          <p className="bq-discret">Lignes qui ne se lisent pas : {colle.fautes.slice(0, 3).join(' / ')}</p>
        )}
        <Bouton
          enCours={saisie.isPending}
          disabled={colle.lignes.length === 0 || colle.fautes.length > 0}
          onClick={() => ajouter(colle.lignes).then(() => setCollage(''))}
        >
          Ajouter {colle.lignes.length} lignes
        </Bouton>
      </details>
      <div>
        <Bouton variante="discret" onClick={onFermer}>
          Fermer
        </Bouton>
      </div>
    </section>
  )
}
