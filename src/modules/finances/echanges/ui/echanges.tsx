import './echanges.css'
import { useState } from 'react'
import {
  BarreProgression,
  Bouton,
  BoutonLien,
  ChampTexteLong,
  Confirmation,
  compter,
  Encart,
  Etat,
  EtatVide,
  formatMontant,
  Lien,
  Page,
  signaler,
  useAction,
  useApi,
  usePanneau,
} from '#ui'
import { nomDePieces } from '../../execution/contract.ts'
import { type APartVue, genererFlux, lireEchanges, type RejetVue, traiterAPart } from '../http/contract.ts'
import { DeposerReponse } from './deposer.tsx'
import { ActesFlux, ETATS_FLUX } from './flux.tsx'
import { Reglages } from './reglages.tsx'

const invalide = { invalidates: [lireEchanges] }

/** What the comptable answered and what waits for him, the rejects first. */
export default function Echanges() {
  const [enRoute, setEnRoute] = useState(false)
  const lu = useApi(lireEchanges, {}, enRoute ? { rafraichir: 1000 } : {})
  const travaille =
    lu.data?.aEmettre.some((b) => b.generation?.etat === 'attente' || b.generation?.etat === 'enCours') ?? false
  if (travaille !== enRoute) setEnRoute(travaille)
  const panneau = usePanneau()
  const e = lu.data
  if (!e)
    return (
      <Page titre="Échanges avec le comptable">
        {lu.error ? <Encart etat="bloquant">{lu.error.message}</Encart> : <p className="bq-discret">Lecture…</p>}
      </Page>
    )
  const ouverts = e.aPart.filter((a) => a.traiteLe === null)
  const enCours = e.flux.filter((f) => f.etat === 'pret' || f.etat === 'aCorriger' || f.etat === 'remis')
  const rien = e.rejets.length + ouverts.length + e.aEmettre.length + enCours.length === 0
  return (
    <Page
      titre="Échanges avec le comptable"
      actions={
        <>
          <BoutonLien vers="/finances/echanges/flux">Tous les flux</BoutonLien>
          <BoutonLien vers="/finances/echanges/reponses">Toutes les réponses</BoutonLien>
          <BoutonLien vers="/finances/echanges/restes">Restes à recouvrer</BoutonLien>
          {e.peutRegler && (
            <Bouton
              onClick={() => panneau.open({ titre: 'Réglages des échanges', contenu: <Reglages {...e.reglages} /> })}
            >
              Réglages
            </Bouton>
          )}
        </>
      }
    >
      <div className="bq-pile">
        {e.rejets.length > 0 && (
          <section>
            <h2>{compter(e.rejets.length, 'pièce à reprendre', 'pièces à reprendre')}</h2>
            <ul className="ech-liste">
              {e.rejets.map((r) => (
                <Rejet key={r.pieceId} r={r} />
              ))}
            </ul>
          </section>
        )}
        {ouverts.length > 0 && (
          <section>
            <h2>{compter(ouverts.length, 'ligne mise à part', 'lignes mises à part')}</h2>
            <ul className="ech-liste">
              {ouverts.map((a) => (
                <APart key={a.id} a={a} peutEcrire={e.peutEcrire} />
              ))}
            </ul>
          </section>
        )}
        {(e.aEmettre.length > 0 || enCours.length > 0) && (
          <section>
            <h2>À remettre au comptable</h2>
            <ul className="ech-liste">
              {e.aEmettre.map((b) => (
                <li key={b.id}>
                  <div>
                    <p>
                      <Lien vers={`/finances/bordereaux/${b.id}`}>{b.libelle}</Lien>
                    </p>
                    <p className="bq-discret">{compter(b.pieces, 'pièce')}, signé ; son flux reste à générer.</p>
                    {b.generation?.etat === 'echec' && <p>{b.generation.message}</p>}
                  </div>
                  <div className="ech-actes">
                    {b.generation?.etat === 'attente' || b.generation?.etat === 'enCours' ? (
                      <BarreProgression libelle="Génération du flux" progression={b.generation} />
                    ) : (
                      e.peutEcrire && <Generer bordereau={b.id} />
                    )}
                  </div>
                </li>
              ))}
              {enCours.map((f) => (
                <li key={f.id}>
                  <div>
                    <p>
                      <Lien vers={`/finances/bordereaux/${f.bordereauId}`}>
                        {nomDePieces(f)} n° {f.bordereau} de {f.exercice}
                      </Lien>{' '}
                      <Etat etat={ETATS_FLUX[f.etat]}>{f.libelleEtat}</Etat>
                    </p>
                    <p className="bq-discret">
                      {compter(f.pieces, 'pièce')}, fichier {f.nom}
                    </p>
                    {f.anomalies
                      .filter((a) => a.bloquante)
                      .map((a) => (
                        <p key={a.code + a.message}>{a.message}</p>
                      ))}
                  </div>
                  <ActesFlux f={f} />
                </li>
              ))}
            </ul>
          </section>
        )}
        {rien && (
          <EtatVide titre="Rien n’attend.">
            Un bordereau signé apparaît ici avec son flux ; les rejets du comptable aussi.
          </EtatVide>
        )}
        {e.peutEcrire && <DeposerReponse />}
      </div>
    </Page>
  )
}

function Rejet({ r }: { r: RejetVue }) {
  const piece = r.sens === 'D' ? 'Mandat' : 'Titre'
  return (
    <li>
      <div>
        <p>
          <Etat etat={r.etat === 'rejetee' ? 'bloquant' : 'attention'}>
            {r.etat === 'rejetee' ? 'Rejeté' : 'En instance'}
          </Etat>{' '}
          <Lien vers={`/finances/${r.sens === 'D' ? 'mandats' : 'titres'}?piece=${r.pieceId}`}>
            {piece} n° {r.numero} de {r.exercice}
          </Lien>
          , {r.tiers} : {r.objet}
        </p>
        {r.motif && <p>{r.motif}</p>}
        <p className="bq-discret">{r.faire}</p>
      </div>
      <p className="ech-montant">{formatMontant(r.ttc)}</p>
    </li>
  )
}

function APart({ a, peutEcrire }: { a: APartVue; peutEcrire: boolean }) {
  const [note, setNote] = useState<string>()
  const traitement = useAction(traiterAPart, invalide)
  return (
    <li>
      <div>
        <p>
          <Etat etat="attention">{a.libelleGenre}</Etat> {a.libelle}
        </p>
        {a.detail && <p>{a.detail}</p>}
        <p className="bq-discret">
          {a.faire} Fichier {a.fichier}.
        </p>
      </div>
      <div className="ech-actes">
        {a.montant && <span className="ech-montant">{formatMontant(a.montant)}</span>}
        {peutEcrire && a.libelleGenre === 'Mandat à émettre' && (
          <BoutonLien vers={`/finances/mandater?paiement=oui&montant=${a.montant ?? ''}`}>Émettre le mandat</BoutonLien>
        )}
        {peutEcrire && <Bouton onClick={() => setNote('')}>Noter</Bouton>}
      </div>
      {note !== undefined && (
        <Confirmation
          ouverte
          titre={a.libelle}
          verbe="C’est traité"
          onConfirmer={() => traitement.mutateAsync({ params: { apart: a.id as never }, body: { note } })}
          onFermer={() => setNote(undefined)}
        >
          <ChampTexteLong
            libelle="Ce qui a été fait"
            aide="Par exemple : mandat émis après paiement, bordereau 14."
            valeur={note}
            onValeur={(v) => setNote(v ?? '')}
          />
        </Confirmation>
      )}
    </li>
  )
}

function Generer({ bordereau }: { bordereau: string }) {
  const generation = useAction(genererFlux, {
    ...invalide,
    onFait: ({ id, anomalies }) =>
      signaler(
        id === null
          ? 'Ce bordereau est long : son flux se prépare, vous pouvez continuer.'
          : anomalies.some((a) => a.bloquante)
            ? 'Flux généré ; des points sont à corriger.'
            : 'Flux généré et contrôlé : il peut être remis.',
      ),
  })
  return (
    <Bouton
      variante="principal"
      enCours={generation.isPending}
      onClick={() => generation.mutate({ params: { bordereau: bordereau as never } })}
    >
      Générer le flux
    </Bouton>
  )
}
